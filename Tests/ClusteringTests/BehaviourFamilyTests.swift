import Artifact
import Records
import StageKit
import Statistics
import Testing

@testable import Clustering

/// Families of behaviour classes.
struct BehaviourFamilyTests {
  private let probes = (0..<20).map { "probe.\($0)" }

  /// Three releases with answers of their own to six or seven probes; some observations are missing,
  /// and three servers have one answer of their own.
  private func network(seed: UInt64 = 5) -> [String: [String: String]] {
    var generator = Xoshiro256StarStar(seed: seed)
    var servers: [String: [String: String]] = [:]
    for index in 0..<60 {
      var answers: [String: String] = [:]
      for (place, probe) in probes.enumerated() {
        answers[probe] = place / 7 == index % 3 ? "release \(index % 3)" : "usual"
      }
      if index % 20 == 5 { answers[probes[index / 5]] = "own \(index)" }
      for probe in probes where generator.nextUnit() < 0.03 { answers[probe] = nil }
      servers["s_\(index + 100)"] = answers
    }
    return servers
  }

  private func parameters(resamples: Int = 10) throws -> ClusterParameters {
    try CheckedParameters<ClusterParameters>(
      .object([("resamples", .integer(resamples))]), place: "test"
    ).parameters
  }

  @Test func `releases are families, whatever is missing`() throws {
    let tables = try BehaviourTables(BehaviourTable(network()), parameters(), threads: 1)
    let rows = tables.memberships.filter { $0.familyID != nil }
    let found = PartitionComparison(
      truth: rows.map { ((Int($0.serverID.dropFirst(2)) ?? 0) - 100) % 3 },
      prediction: rows.map { $0.familyID ?? "" })
    #expect(rows.count >= 54)
    #expect((found.adjustedRandIndex ?? 0) >= 0.95)
    #expect(tables.familyRows.count == 3)
    for family in tables.familyRows {
      #expect(family.nearestFamily != family.familyID)
      #expect(family.differingProbes.count >= 7)
    }
    let first = tables.traits.filter { $0.rank == 1 }
    #expect(Set(first.map(\.signature)) == ["release 0", "release 1", "release 2"])
  }

  @Test func `an odd server is an outlier, and its probes are named`() throws {
    var servers = network()
    var odd = servers["s_101"] ?? [:]
    let changed = ["probe.2", "probe.11", "probe.16", "probe.18", "probe.19"]
    for probe in changed { odd[probe] = "odd" }
    servers["s_999"] = odd
    let tables = try BehaviourTables(BehaviourTable(servers), parameters(), threads: 1)
    let outlier = try #require(tables.outliers.first { $0.servers == ["s_999"] })
    #expect(Set(outlier.differingProbes).isSuperset(of: changed))
  }

  @Test func `one answer that nobody else gives is enough to stand apart`() throws {
    let tables = try BehaviourTables(BehaviourTable(network()), parameters(), threads: 1)
    for index in [5, 25, 45] {
      let outlier = try #require(tables.outliers.first { $0.servers == ["s_\(index + 100)"] })
      #expect(outlier.differingProbes == [probes[index / 5]])
    }
    for outlier in tables.outliers { #expect(outlier.servers.count < 3) }
  }

  @Test func `an explanation names members, family, nearest class and the probes that differ`()
    throws
  {
    let tables = try BehaviourTables(BehaviourTable(network()), parameters(), threads: 1)
    let explanation = BehaviourExplanation(tables)
    let odd = try #require(tables.outliers.first { $0.servers == ["s_105"] })
    let text = try explanation.text(of: odd.classID)
    #expect(
      text.hasPrefix("class \(odd.classID): one server that answers as no other does\n  s_105\n"))
    #expect(text.contains("probes known of both it differs in 1:\n    probe.1\n"))
    let family = try #require(odd.familyID)
    #expect(text.contains("family \(family): "))
    #expect(try text.contains(explanation.text(of: family)))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 150 })
    #expect(throws: StageError.self) { try explanation.text(of: "k_0") }
  }

  @Test func `threads and the order in which servers are read change nothing`() throws {
    let servers = network()
    let one = try BehaviourTables(BehaviourTable(servers), parameters(), threads: 1)
    var other: [String: [String: String]] = [:]
    for id in servers.keys.sorted().reversed() { other[id] = servers[id] }
    let many = try BehaviourTables(BehaviourTable(other), parameters(), threads: 4)
    #expect(one.memberships == many.memberships)
    #expect(one.familyRows == many.familyRows)
    #expect(one.traits == many.traits)
    #expect(one.outliers == many.outliers)
    #expect(one.metrics(software: [:]) == many.metrics(software: [:]))
  }

  @Test func `a server with too little observed is of a family only where no other is possible`()
    throws
  {
    var servers = network()
    servers["s_sure"] = ["probe.0": "release 0", "probe.1": "release 0"]
    servers["s_unsure"] = ["probe.0": "usual", "probe.20": "nobody else"]
    let tables = try BehaviourTables(BehaviourTable(servers), parameters(), threads: 1)
    let rows = Dictionary(uniqueKeysWithValues: tables.memberships.map { ($0.serverID, $0) })
    #expect(rows["s_sure"]?.classID == nil)
    #expect(rows["s_unsure"]?.classID == nil)
    #expect(rows["s_unsure"]?.familyID == nil)
    if let family = rows["s_sure"]?.familyID { #expect(family == rows["s_103"]?.familyID) }
  }

  @Test func `nothing to compare gives empty tables`() throws {
    for servers in [[:], ["s_1": [:]], ["s_1": ["a": "1"]]] as [[String: [String: String]]] {
      let tables = try BehaviourTables(BehaviourTable(servers), parameters(), threads: 1)
      #expect(tables.memberships.count == servers.count)
      #expect(tables.familyRows.isEmpty)
    }
  }
}
