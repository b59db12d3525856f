import Records
import StageKit
import Testing

@testable import Clustering

@Suite("Exact behaviour classes under missing observations")
struct BehaviourClassTests {
  private func classes(_ servers: [(String, [String: String])]) throws -> BehaviourClasses {
    BehaviourClasses(
      servers.map { BehaviourClasses.Profile(serverID: $0.0, signatures: $0.1) },
      parameters: try .defaults())
  }

  @Test("Servers equal on every probe observed of both share a class; one difference parts them")
  func equality() throws {
    let full = ["a": "1", "b": "1", "c": "1", "d": "1", "e": "1"]
    var other = full
    other["e"] = "2"
    var partial = full
    partial["a"] = nil
    let found = try classes([("s1", full), ("s2", partial), ("s3", other)])
    #expect(found.classes.map { Set($0.members) } == [["s1", "s2"], ["s3"]])
  }

  @Test("What was not observed makes nobody alike: too little in common opens a class of its own")
  func overlap() throws {
    let found = try classes([
      ("s1", ["a": "1", "b": "1", "c": "1"]), ("s2", ["c": "1", "d": "1", "e": "1"]),
      ("s3", ["a": "1"]),
    ])
    #expect(found.classes.count == 2)
    #expect(found.unclassed == ["s3"])
  }

  @Test("The order in which servers are given changes nothing")
  func order() throws {
    let servers = (0..<40).map { index in
      ("s\(index)", ["a": "\(index % 3)", "b": "\(index % 2)", "c": "1"])
    }
    let expected = try classes(servers).classes.map(\.members)
    for _ in 0..<5 {
      #expect(try classes(servers.shuffled()).classes.map(\.members) == expected)
    }
  }
}
