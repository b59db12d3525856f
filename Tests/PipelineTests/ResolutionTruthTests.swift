import Artifact
import Foundation
import Records
import SimulatedNetwork
import StageKit
import TestSupport
import Testing

/// Which endpoints are one server, against the truth of generated networks: operators and people of
/// user groups who name each other, ports that nobody listens on, two servers at one address, servers
/// of two families and with onion services.
struct ResolutionTruthTests {
  /// Pairs of endpoints that were reached, and servers.
  private struct Counts: CustomStringConvertible {
    var truePairs = 0
    var calledPairs = 0
    var commonPairs = 0
    var overMerged = 0
    var underMerged = 0
    var mutualClaims = 0
    var silentPorts = 0
    var twins = 0
    var sharedAddresses = 0
    var twinRows = 0

    var precision: Double { Double(commonPairs) / Double(calledPairs) }
    var recall: Double { Double(commonPairs) / Double(truePairs) }

    var description: String {
      "precision \(precision) recall \(recall) over-merged \(overMerged) under-merged "
        + "\(underMerged) claims \(mutualClaims) silent \(silentPorts) twins \(twins) "
        + "two at one address \(sharedAddresses)"
    }
  }

  private static func measured(seed: Int, servers: Int) throws -> Counts {
    let folder = try TemporaryFolder()
    let scenario = folder.file("network.json")
    try Pipeline.run(
      "simnet",
      ["generate", "--seed", "\(seed)", "--servers", "\(servers)", "--output", scenario])
    try Pipeline.run(
      "simnet",
      [
        "write", "--scenario", scenario, "--output", folder.file("raw"), "--epochs", "1",
        "--directory", folder.file("simnet"), "--quiet",
      ])
    try Pipeline.run(
      "normalize",
      [
        "--raw", folder.file("raw"), "--output", folder.file("normalized"), "--geoip",
        folder.file("simnet/address-plan.mmdb"), "--threads", "1", "--quiet",
      ])
    let scan = try #require(SeriesIndex(folder: folder.file("raw")).scans.first)
    let normalized = folder.file("normalized/\(scan)")
    let truth = try ArtifactReader<TruthRow>(
      path: folder.file("simnet/truth.jsonl.gz"), manifest: .none
    ).all()
    return counts(
      truth, try ArtifactReader<Endpoint>(folder: normalized).all(),
      try ArtifactReader<ResolutionStep>(folder: normalized).all())
  }

  private static func counts(
    _ truth: [TruthRow], _ endpoints: [Endpoint], _ steps: [ResolutionStep]
  ) -> Counts {
    let reached = Dictionary(
      endpoints.filter(\.reached).map {
        ("\($0.address) \($0.port) \($0.transport.rawValue)", $0.serverID)
      }, uniquingKeysWith: { first, _ in first })
    let found = truth.compactMap { row in
      reached["\(row.address) \(row.port) \(row.transport)"].map { (truth: row, id: $0) }
    }
    func pairs(_ sizes: some Sequence<Int>) -> Int { sizes.reduce(0) { $0 + $1 * ($1 - 1) / 2 } }
    let byTruth = Dictionary(grouping: found, by: \.truth.server)
    let byID = Dictionary(grouping: found, by: \.id)
    var counts = Counts()
    counts.truePairs = pairs(byTruth.values.map(\.count))
    counts.calledPairs = pairs(byID.values.map(\.count))
    counts.commonPairs = pairs(
      Dictionary(grouping: found) { "\($0.truth.server) \($0.id)" }.values.map(\.count))
    counts.overMerged = byID.values.count { Set($0.map(\.truth.server)).count > 1 }
    counts.underMerged = byTruth.values.count { Set($0.map(\.id)).count > 1 }
    counts.mutualClaims = steps.count { $0.rule == "claim.mutual" }
    counts.silentPorts = steps.count { $0.rule == "resolution.silent-port" }
    counts.twins = steps.count {
      $0.rule == "resolution.onion-twin" || $0.rule == "resolution.mutual-hosts"
    }
    counts.sharedAddresses = Dictionary(grouping: truth, by: \.address).values
      .count { Set($0.map(\.server)).count > 1 }
    return counts
  }

  @Test(arguments: Soak.isOn ? [1, 2, 3] : [1])
  func `pairs of endpoints that are one server are called one, and no others`(seed: Int) throws {
    let counts = try Self.measured(seed: seed, servers: 90 + 10 * seed)
    #expect(counts.precision >= 0.999, "\(counts)")
    #expect(counts.recall >= 0.99, "\(counts)")
    #expect(counts.overMerged == 0)
    #expect(counts.mutualClaims > 10 && counts.silentPorts > 5 && counts.twins > 5, "\(counts)")
    #expect(counts.truePairs > 50 && counts.sharedAddresses > 0, "a network that has them")
  }
}
