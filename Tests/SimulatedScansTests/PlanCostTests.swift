import ArgumentParser
import Artifact
import Collecting
import ElectrumProtocol
import Foundation
import Probing
import Records
import SimulatedNetwork
import SimulatedScans
import SimulatedServers
import StageKit
import TestSupport
import Testing

/// What a full scan costs an honest server of each implementation, beside the first plan.
struct PlanCostTests {
  /// Of one server in one scan.
  struct Cost {
    var requests = 0
    var bytes = 0
    var microseconds = 0

    init() {}

    init(_ connection: Connection) {
      requests = connection.exchanges.count { $0.sentMicroseconds != nil }
      bytes = connection.bytesSent + connection.bytesReceived
      microseconds = connection.durationMicroseconds ?? 0
    }

    static func + (a: Cost, b: Cost) -> Cost {
      var sum = a
      sum.requests += b.requests
      sum.bytes += b.bytes
      sum.microseconds += b.microseconds
      return sum
    }

    static func - (a: Cost, b: Cost) -> Cost {
      var rest = a
      rest.requests -= b.requests
      rest.bytes -= b.bytes
      rest.microseconds -= b.microseconds
      return rest
    }
  }

  /// What was measured of one server.
  struct Figures {
    let requests: Int
    let kilobytes: Double
    let seconds: Double
  }

  /// At a server of two ports and at one of one.
  struct Measured {
    let software: String
    let two: Figures
    let one: Figures

    init(_ software: String, _ two: (Int, Double, Double), _ one: (Int, Double, Double)) {
      self.software = software
      self.two = Figures(requests: two.0, kilobytes: two.1, seconds: two.2)
      self.one = Figures(requests: one.0, kilobytes: one.1, seconds: one.2)
    }
  }

  /// The first plan, as its last program asked the servers of `implementations.json` over sockets: the
  /// most requests of its four turns, and means.
  static let first = [
    Measured("ElectrumX 1.16.0", (139, 169, 1.0), (112, 150, 0.8)),
    Measured("ElectrumX 1.18.0", (139, 253, 33.0), (112, 224, 27.6)),
    Measured("ElectrumX 1.19.0", (139, 268, 13.5), (112, 235, 11.3)),
    Measured("ElectrumX 2.0.0", (139, 267, 13.3), (112, 234, 11.1)),
    Measured("Fulcrum 1.12.0", (139, 162, 1.0), (112, 144, 0.7)),
    Measured("Fulcrum 2.1.1", (139, 162, 1.0), (112, 144, 0.7)),
    Measured("electrs 0.11.1", (139, 158, 0.9), (112, 142, 0.7)),
    Measured("electrs-esplora 0.4.2", (139, 69, 0.9), (112, 52, 0.7)),
    Measured("electrs-esplora 0.4.1", (44, 8, 0.4), (32, 7, 0.3)),
  ]

  /// The first plan asked this for a method that it does not have early on every connection, which
  /// it ended: its sibling shows what the questions cost of a server that hears them.
  private static let endedEarly = ["electrs-esplora 0.4.1": "electrs-esplora 0.4.2"]

  private static let parameters =
    #"{"plan":"full","simulated_silence_ms":1100,"simulated_pause_ms":1000,"#
    + #""simulated_snapshot_spacing_ms":120000,"simulated_reply_timeout_ms":20000}"#

  /// By software, of each turn of the plan: all of a server of two ports, and without its dearer
  /// main connection.
  private func measured(_ folder: TemporaryFolder) async throws -> [String: [(
    two: Cost, one: Cost
  )]] {
    let scenario = PackageRoot.path("Tests/SimulatedScansTests/implementations.json")
    let turns = ProbePlan(.full, clientName: "").turns
    let plan = try NetworkPlan(ScenarioFile.read(scenario), epochs: turns)
    let world = try SimulationFolder(plan, path: folder.file("world"))
    try world.writeWorld()
    _ = try world.writeDescriptor()
    let parameters = folder.file("parameters.json")
    try Self.parameters.write(toFile: parameters, atomically: true, encoding: .utf8)
    let raw = folder.file("raw")
    let runner = StageRunner(
      ScanStage.identity, CollectParameters.self,
      try StageOptions.parse(["--parameters", parameters, "--quiet"]))
    try await runner.run(output: raw) { parameters, context async throws in
      try SeriesWriter(
        plan, epochs: turns, descriptor: world.descriptorPath, output: raw, parameters: parameters
      ).run(context)
    }
    var softwareAt: [String: String] = [:]
    for state in plan.states(at: 0) {
      for endpoint in state.endpoints { softwareAt[endpoint.address] = state.profile.software.raw }
    }
    var costs: [String: [(two: Cost, one: Cost)]] = [:]
    for scan in try SeriesIndex(folder: raw).scans {
      let rows = try ArtifactReader<Connection>(folder: "\(raw)/\(scan)").all()
      for (address, connections) in Dictionary(grouping: rows, by: \.address) {
        let software = try #require(softwareAt[address])
        let main = connections.filter { $0.session == "main" }.map(Cost.init)
        try #require(main.count == 2)
        let two = connections.map(Cost.init).reduce(Cost(), +)
        let dearer = try #require(main.max { $0.bytes < $1.bytes })
        costs[software, default: []].append((two, two - dearer))
      }
    }
    return costs
  }

  @Test func `a full scan costs at most 30 % more than by the first plan, and 20 s of silence`()
    async throws
  {
    let folder = try TemporaryFolder()
    let costs = try await measured(folder)
    #expect(costs.keys.sorted() == Self.first.map(\.software).sorted())
    let article = try String(
      contentsOfFile: PackageRoot.path("Sources/Collecting/Collecting.docc/Plan-Costs.md"),
      encoding: .utf8)
    for own in Self.first {
      let turns = try #require(costs[own.software])
      let name = Self.endedEarly[own.software] ?? own.software
      let base = try #require(Self.first.first { $0.software == name })
      for turn in turns {
        for (cost, first) in [(turn.two, base.two), (turn.one, base.one)] {
          let seconds = Double(cost.microseconds) / 1e6
          #expect(Double(cost.requests) <= 1.3 * Double(first.requests), "\(own.software)")
          #expect(Double(cost.bytes) / 1e3 <= 1.3 * first.kilobytes, "\(own.software)")
          #expect(seconds <= 1.3 * first.seconds + 20, "\(own.software)")
        }
      }
      let row = Self.row(own, turns)
      #expect(article.contains(row), "the article Plan-Costs ought to have \(row)")
    }
  }

  private static func row(_ first: Measured, _ turns: [(two: Cost, one: Cost)]) -> String {
    func cells(_ first: Figures, _ costs: [Cost]) -> String {
      let bytes = costs.map { Int((Double($0.bytes) / 1e3).rounded()) }.sorted()
      let most = costs.map(\.requests).max() ?? 0
      let seconds = Double(costs.map(\.microseconds).max() ?? 0) / 1e6
      return
        "\(first.requests) → \(most) | \(Int(first.kilobytes)) → \(bytes[0])–\(bytes[bytes.count - 1])"
        + " | \(first.seconds) → \((seconds * 10).rounded() / 10)"
    }
    return
      "| \(first.software) | \(cells(first.two, turns.map(\.two))) | \(cells(first.one, turns.map(\.one))) |"
  }
}
