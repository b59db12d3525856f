import Records
import StageKit
import Testing

@testable import Clustering

/// Exact behaviour classes under missing observations.
struct BehaviourClassTests {
  private func classes(
    _ servers: [(String, [String: String])]
  ) throws -> (members: [[String]], unclassed: [String]) {
    let table = BehaviourTable(Dictionary(uniqueKeysWithValues: servers))
    let found = BehaviourClasses(table, try .defaults())
    return (
      found.classes.map { $0.members.map { table.servers[$0] } },
      found.unclassed.map { table.servers[$0] }
    )
  }

  @Test
  func `servers equal on every probe observed of both share a class; one difference parts them`()
    throws
  {
    let full = ["a": "1", "b": "1", "c": "1", "d": "1", "e": "1"]
    var other = full
    other["e"] = "2"
    var partial = full
    partial["a"] = nil
    let found = try classes([("s1", full), ("s2", partial), ("s3", other)])
    #expect(found.members.map(Set.init) == [["s1", "s2"], ["s3"]])
  }

  @Test
  func `what was not observed makes nobody alike: too little in common opens a class of its own`()
    throws
  {
    let found = try classes([
      ("s1", ["a": "1", "b": "1", "c": "1"]), ("s2", ["c": "1", "d": "1", "e": "1"]),
      ("s3", ["a": "1"]),
    ])
    #expect(found.members.count == 2)
    #expect(found.unclassed == ["s3"])
  }

  @Test func `the order in which servers are given changes nothing`() throws {
    let servers = (0..<40).map { index in
      ("s\(index)", ["a": "\(index % 3)", "b": "\(index % 2)", "c": "1"])
    }
    let expected = try classes(servers).members
    for _ in 0..<5 {
      #expect(try classes(servers.shuffled()).members == expected)
    }
  }
}
