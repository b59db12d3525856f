import ArgumentParser
import Artifact
import Collecting
import Foundation
import Probing
import Records
import SimulatedNetwork
import SimulatedScans
import StageKit
import TestSupport
import Testing

/// A full plan over a whole network: what is costly takes turns from scan to scan.
struct PlanTurnTests {
  /// Probes that were put in each scan of a series.
  private func asked(_ folder: TemporaryFolder, scans: Int) async throws -> [Set<String>] {
    let plan = try NetworkPlan(
      ScenarioFile.read(PackageRoot.path("Tests/PipelineTests/Capture/scenario.json")),
      epochs: scans)
    let world = try SimulationFolder(plan, path: folder.file("world"))
    try world.writeWorld()
    _ = try world.writeDescriptor()
    let parameters = folder.file("parameters.json")
    try #"{"plan": "full"}"#.write(toFile: parameters, atomically: true, encoding: .utf8)
    let raw = folder.file("raw")
    let runner = StageRunner(
      ScanStage.identity, CollectParameters.self,
      try StageOptions.parse(["--parameters", parameters, "--quiet"]))
    try await runner.run(output: raw) { parameters, context async throws in
      try SeriesWriter(
        plan, epochs: scans, descriptor: world.descriptorPath, output: raw, parameters: parameters
      ).run(context)
    }
    return try SeriesIndex(folder: raw).scans.map { scan in
      let rows = try ArtifactReader<Connection>(folder: "\(raw)/\(scan)").all()
      let exchanges = rows.flatMap(\.exchanges)
      return Set(exchanges.filter { $0.outcome.isTested }.map(\.probe))
    }
  }

  @Test func `each scan asks another part of what is costly`() async throws {
    let folder = try TemporaryFolder()
    let turns = ProbePlan(.full, clientName: "").turns
    let asked = try await asked(folder, scans: 2)
    try #require(asked.count == 2 && turns > 1)
    for (turn, probes) in asked.enumerated() {
      let plan = ProbePlan(
        .full, clientName: "", turn: turn, scripts: .simulated, seed: UInt64(turn))
      let planned = (plan.sessions + plan.later).flatMap(\.probes).map(\.id)
      let conditional = (plan.repeats.flatMap(\.probes) + plan.corroboration).map(\.id)
      #expect(probes.isSubset(of: planned + conditional))
      #expect(probes.count > planned.count * 9 / 10)
    }
    #expect(!asked[0].subtracting(asked[1]).isEmpty)
    #expect(!asked[1].subtracting(asked[0]).isEmpty)
  }
}
