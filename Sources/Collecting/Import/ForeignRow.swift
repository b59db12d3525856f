import Artifact
import Foundation
import StageKit

/// What is wrong with one row of a foreign scan.
struct RowError: Error {
  let file: String
  /// From 1.
  let row: Int
  /// The field; `(whole)`: the row cannot be read at all.
  let column: String
  let expected: String
  let found: String

  static let whole = "(whole)"

  var stageError: StageError {
    StageError(
      .badInput, place: "\(file), row \(row), field \(column)", expected: expected, found: found,
      remedy: "correct the row or remove it, or take the others with --rejects FILE")
  }

  /// As a line of the file of rejected rows.
  var json: JSONValue {
    .object([
      ("column", .string(column)), ("expected", .string(expected)), ("file", .string(file)),
      ("found", .string(found)), ("row", .integer(row)),
    ])
  }
}

/// The source of one row of a foreign scan, unread.
struct ForeignLine {
  let bytes: [UInt8]
  let file: String
  /// From 1.
  let number: Int

  func row() throws(RowError) -> ForeignRow {
    let record: JSONRecord
    do throws(JSONError) {
      record = try JSONRecord(parsing: bytes)
    } catch {
      throw RowError(
        file: file, row: number, column: RowError.whole, expected: error.expected,
        found: "\(error.found) at its byte \(error.column)")
    }
    let row = ForeignRow(
      value: record.value, file: file, number: number, inexact: record.inexact)
    guard row.value.isObject else { throw row.bad(RowError.whole, "an object", row.value) }
    return row
  }
}

/// One row of a foreign scan, with the place for error messages.
struct ForeignRow {
  /// Fields that begin so are the user's own: nothing is taken from them.
  static let ownPrefix = "x_"

  let value: JSONValue
  let file: String
  let number: Int
  /// By field, the source of a value that `value` does not hold exactly.
  var inexact: [String: [UInt8]] = [:]

  func bad(_ field: String, _ expected: String, _ found: JSONValue?) -> RowError {
    bad(field, expected, found: found?.kind ?? "nothing")
  }

  func bad(_ field: String, _ expected: String, found: String) -> RowError {
    RowError(
      file: file, row: number, column: field, expected: expected, found: Self.short(found))
  }

  private static func short(_ text: String) -> String {
    text.utf8.count > 120 ? String(text.prefix(120)) + "…" : text
  }

  /// Names of the user's own fields.
  var ownFields: [String] {
    guard case .object(let members) = value else { return [] }
    return members.map(\.0).filter { $0.hasPrefix(Self.ownPrefix) }
  }

  /// The fields of the row in an object of this type; the user's own are passed over, a name that
  /// nobody knows is refused, since a misspelt field would be lost without a word.
  ///
  /// - Parameters:
  ///   - repaired: fields whose texts need not be whole: their source is kept beside them.
  ///   - allowsOthers: whether fields are passed over that the type does not list.
  func read<Value: FieldObject>(
    _ type: Value.Type, repaired: Set<String> = [], allowsOthers: Bool = false
  ) throws(RowError) -> Value {
    guard case .object(let members) = value else {
      throw bad(RowError.whole, "an object", value)
    }
    var object = Value()
    var reader = ObjectReader(.object(members.filter { !$0.0.hasPrefix(Self.ownPrefix) }))
    object.fields(&reader)
    if !allowsOthers { reader.finish() }
    if let first = reader.mistakes.first { throw error(first) }
    let known = Set(ObjectMembers.keys(of: type)).subtracting(repaired)
    for (name, value) in members where inexact[name] != nil && known.contains(name) {
      if value.isNull { continue }
      throw bad(name, "whole characters", found: "a text that is no Unicode")
    }
    return object
  }

  private func error(_ mistake: ObjectMistake) -> RowError {
    bad(
      mistake.path.isEmpty ? RowError.whole : mistake.path,
      mistake.kind == .unknownKey
        ? mistake.expected + ", or a name that begins with \(Self.ownPrefix)" : mistake.expected,
      found: mistake.found)
  }

  /// The bytes of a text as they were before another program made a text of them.
  func bytes(_ field: String, _ text: String) -> [UInt8] {
    inexact[field].flatMap { JSONRecord.bytes(ofText: $0) } ?? Array(text.utf8)
  }
}
