import Artifact
import Testing

/// An object that others add their own keys to.
private struct OpenThing: FieldObject {
  static let isOpen = true
  var size = 1

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.field("size", &size, .integer(0...9), "Size.")
  }
}

/// An object with known keys only, in which an open one stands.
private struct ClosedThing: FieldObject {
  var part = OpenThing()

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.field("part", &part, .object, "A part.")
  }
}

struct `Objects of a JSON file` {
  @Test func `an open object may have further keys, and its own are still checked`() throws {
    let open = try JSONValue(parsing: Array(#"{"note":"for people","size":3}"#.utf8))
    #expect(try ObjectReader.read(open, as: OpenThing.self).value.size == 3)
    let large = try JSONValue(parsing: Array(#"{"note":"for people","size":10}"#.utf8))
    #expect(throws: ObjectMistakes.self) { try ObjectReader.read(large, as: OpenThing.self) }
  }

  @Test func `a key beside an open object is still unknown`() throws {
    let json = try JSONValue(parsing: Array(#"{"part":{"note":1},"note":1}"#.utf8))
    do throws(ObjectMistakes) {
      _ = try ObjectReader.read(json, as: ClosedThing.self)
      Issue.record("accepted")
    } catch {
      #expect(error.all.map(\.path) == ["note"])
      #expect(error.all.map(\.kind) == [.unknownKey])
    }
  }

  @Test func `the schema of an open object allows further keys`() {
    var definitions = SchemaDefinitions()
    let open = JSONValue.object(ObjectSchema.members(of: OpenThing.self, &definitions))
    let closed = JSONValue.object(ObjectSchema.members(of: ClosedThing.self, &definitions))
    #expect(open["additionalProperties"] == .boolean(true))
    #expect(closed["additionalProperties"] == .boolean(false))
  }
}
