import Artifact
import Foundation
import Records
import SimulatedNetwork
import StageKit
import TestSupport
import Testing

/// One pass through all stages on real sockets, against the truth that was planted (R-23).
struct PlantedTruthTests {
  private struct Measured {
    let folder: TemporaryFolder
    let truth: [TruthRow]
    let endpoints: [String: Endpoint]
    let servers: [String: Server]
    let operators: [String: OperatorMembership]
    let indicators: [Indicator]

    /// Key of an endpoint in both tables.
    static func key(_ address: String, _ port: Int, _ transport: String) -> String {
      "\(address) \(port) \(transport)"
    }

    func endpoint(_ row: TruthRow) -> Endpoint? {
      endpoints[Self.key(row.address, row.port, row.transport)]
    }

    /// Observed server of each true server.
    var serverOf: [String: String] {
      truth.reduce(into: [:]) { $0[$1.server] = endpoint($1)?.serverID }
    }
  }

  /// Crawls the demo once and derives everything.
  private static func measure() throws -> Measured {
    let folder = try TemporaryFolder()
    try FreeOffset.find(from: 60) { offset in
      try Pipeline.run(
        "simnet",
        [
          "run", "--scenario", PackageRoot.path("datasets/scenarios/demo.json"), "--directory",
          folder.file("simnet"), "--offset", "\(offset)", "--epochs", "1", "--",
          Program("collect").path, "scan", "--simulated-network", "{}", "--output",
          folder.file("raw"), "--quiet",
        ])
    }
    try Pipeline(folder: folder.path).derive(geoip: folder.file("simnet/address-plan.mmdb"))
    let scan = try #require(SeriesIndex(folder: folder.file("raw")).scans.first)
    let normalized = folder.file("normalized/\(scan)")
    func rows<Row: ArtifactRow>(_ type: Row.Type, _ path: String) throws -> [Row] {
      try ArtifactReader<Row>(folder: path).all()
    }
    return Measured(
      folder: folder,
      truth: try ArtifactReader<TruthRow>(
        path: folder.file("simnet/truth.jsonl.gz"), manifest: .none
      ).all(),
      endpoints: Dictionary(
        uniqueKeysWithValues: try rows(Endpoint.self, normalized)
          .filter { $0.network != .unresolved }
          .map { (Measured.key($0.address, $0.port, $0.transport.rawValue), $0) }),
      servers: Dictionary(
        uniqueKeysWithValues: try rows(Server.self, normalized).map { ($0.serverID, $0) }),
      operators: Dictionary(
        uniqueKeysWithValues: try rows(OperatorMembership.self, folder.file("clusters"))
          .map { ($0.serverID, $0) }),
      indicators: try rows(Indicator.self, folder.file("scores")))
  }

  @Test func `endpoints, software, servers, operators, deviations and places come back as planted`()
    throws
  {
    let measured = try Self.measure()
    try checkEndpoints(measured)
    try checkServers(measured)
    checkOperators(measured)
    checkDeviations(measured)
    try checkEvaluation(measured)
  }

  /// `simnet evaluate` must come to the same result by its own way.
  private func checkEvaluation(_ measured: Measured) throws {
    let report = measured.folder.file("evaluation.json")
    try Pipeline.run(
      "simnet",
      [
        "evaluate", "--truth", measured.folder.file("simnet/truth.jsonl.gz"), "--dataset",
        measured.folder.path, "--output", report,
      ])
    let json = try JSONValue(parsing: FileBytes.read(report))
    #expect(json["server-resolution"]?["pairwise.f1"] == .number(1))
    #expect(json["server-resolution"]?["adjusted-rand"] == .number(1))
    #expect(json["operators.likely"]?["pairwise.precision"] == .number(1))
    #expect(json["operators.likely"]?["over-merged"] == .number(0))
    #expect(json["operators.label-confirmed"]?["clusters.impure"] == .number(0))
    #expect(json["operators.label-probable"]?["clusters.impure"] == .number(0))
    #expect(json["deviations"]?["servers.honest-and-fired"] == .number(0))
    #expect(
      json["deviation-score"]?["auc"] != .null,
      "every server of which anything was seen has a score")
  }

  private func checkEndpoints(_ measured: Measured) throws {
    let broken: Set<String> = ["closes", "garbage", "silent"]
    #expect(measured.truth.count >= 80)
    for row in measured.truth {
      let endpoint = try #require(measured.endpoint(row), "\(row.server) was not found")
      let isBroken = !broken.isDisjoint(with: row.deviations)
      // An address that limited us is left alone for the rest of the scan.
      if row.deviations.contains("throttles"), endpoint.outcome == .untestedSkipped { continue }
      #expect((endpoint.outcome == .answered) == !isBroken, "\(row.server) \(endpoint.outcome)")
      if !isBroken {
        #expect(measured.servers[endpoint.serverID]?.serverVersionText == row.software)
      }
      #expect(
        endpoint.geography.country != nil && endpoint.geography.asn != nil
          && endpoint.geography.latitude != nil)
    }
    let outcomes = Set(measured.endpoints.values.map(\.outcome))
    #expect(outcomes.isSuperset(of: [.connectRefused, .untestedNoRoute]), "dead and onion peers")
  }

  private func checkServers(_ measured: Measured) throws {
    let groups = Dictionary(grouping: measured.truth, by: \.server).mapValues { rows in
      Set(rows.compactMap { measured.endpoint($0)?.serverID })
    }
    #expect(groups.count >= 40)
    #expect(groups.values.allSatisfy { $0.count == 1 }, "one server each")
    let observed = groups.values.flatMap { $0 }
    #expect(Set(observed).count == observed.count, "no two merged")
  }

  private func checkOperators(_ measured: Measured) {
    let operatorOf = measured.truth.reduce(into: [String: String]()) {
      $0[$1.server] = $1.operatorID
    }
    #expect(Set(operatorOf.values).count >= 12)
    let servers = operatorOf.keys.sorted()
    let observed = measured.serverOf
    var hits = 0
    var pairs = 0
    for (index, a) in servers.enumerated() {
      for b in servers[(index + 1)...] {
        let first = measured.operators[observed[a] ?? ""]
        let second = measured.operators[observed[b] ?? ""]
        let isJoined = first != nil && first?.operatorID == second?.operatorID
        if operatorOf[a] == operatorOf[b] {
          pairs += 1
          hits += isJoined ? 1 : 0
        } else {
          #expect(!isJoined, "\(a) and \(b) have different operators")
        }
      }
    }
    // Identity evidence cannot see the operators that give none: recall is a floor, not a goal.
    #expect(Double(hits) >= 0.5 * Double(pairs))
  }

  private func checkDeviations(_ measured: Measured) {
    let planted = [
      "stale-tip": "I4.stale-tip", "false-tip": "I3.invalid-header",
      "phishing-banner": "I12.banner-wallet-download",
    ]
    let fired = measured.indicators.filter { $0.status == .fired }
    let observed = measured.serverOf
    var expected: Set<String> = []
    for row in measured.truth {
      for deviation in row.deviations {
        if let rule = planted[deviation] {
          expected.insert("\(observed[row.server] ?? "") \(rule)")
        }
      }
    }
    #expect(expected.count >= planted.count)
    #expect(Set(fired.map { "\($0.serverID) \($0.indicator)" }) == expected)
  }
}
