import Addressing
import ArgumentParser
import Artifact
import Collecting
import Foundation
import Records
import SimulatedNetwork
import StageKit
import TestSupport
import Testing

/// The demo scenario on addresses of its own, crawled over real sockets.
@Suite(.serialized)
struct SimulatedScanTests {
  private func scan(
    _ descriptor: String, output: String, _ more: [String] = []
  ) async throws {
    let options = try StageOptions.parse(["--quiet"] + more)
    let runner = StageRunner(ScanStage.identity, CollectParameters.self, options)
    let request = ScanRequest(output: output, simulatedNetwork: descriptor)
    try await runner.run(output: output) { parameters, context async throws in
      try await ScanStage(request, parameters).run(context)
    }
  }

  @Test func `a crawl of the demo finds its servers, and is one whole scan`() async throws {
    let folder = try TemporaryFolder()
    let scenario = PackageRoot.path("datasets/scenarios/demo.json")
    let (plan, network) = try await FreeOffset.find(from: 100) { offset in
      let plan = try NetworkPlan(ScenarioFile.read(scenario).shifted(by: offset), epochs: 1)
      return (plan, try await SimulatedNetwork.start(plan))
    }
    let world = try SimulationFolder(plan, path: folder.file("simnet"))
    try world.writeWorld()
    _ = try world.writeDescriptor()
    let raw = folder.file("raw")
    let parameters = folder.file("parameters.json")
    try #"{"simulated_reply_timeout_ms": 1500}"#
      .write(toFile: parameters, atomically: true, encoding: .utf8)
    try await scan(world.descriptorPath, output: raw, ["--parameters", parameters])
    await network.stop()
    let scans = try SeriesIndex(folder: raw).scans
    #expect(scans.count == 1)
    let path = "\(raw)/\(scans[0])"
    let connections = try ArtifactReader<Connection>(folder: path).all()
    let answered = Set(connections.filter { $0.outcome == .answered }.map(\.address))
    #expect(answered.count >= 40)
    let ranges = try openedRanges(world.descriptorPath)
    for row in connections where row.outcome.isTested && row.network == .ipv4 {
      let address = try #require(IPAddress(row.address))
      #expect(ranges.contains { $0.contains(address) })
    }
    #expect(connections.contains { $0.outcome == .untestedNoRoute && $0.network == .onion })
    let certificates = try ArtifactReader<CertificateEvidence>(folder: path).all()
    let leaves = Set(connections.compactMap { $0.tls?.chain.first })
    #expect(leaves.isSubset(of: Set(certificates.map(\.sha256))))
    let observation = try StageManifest(path: path + "/collect.manifest.json").lineage.observation
    #expect(observation?["complete"] == .boolean(true))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: raw).allSatisfy {
        !$0.contains("partial")
      })
  }

  private func openedRanges(_ descriptor: String) throws -> [AddressRange] {
    let json = try JSONValue(parsing: Array(Data(contentsOf: URL(fileURLWithPath: descriptor))))
    guard case .array(let items)? = json["allowed_ranges"] else { return [] }
    return items.compactMap { item in
      if case .string(let text) = item { AddressRange(text) } else { nil }
    }
  }

  @Test func `without a target nothing is contacted: a usage error names both`() throws {
    let output = try TemporaryFolder()
    let result = try Program("collect").run(["scan", "--output", output.file("raw")])
    #expect(result.exitCode == 64)
    #expect(result.errors.contains("--live") && result.errors.contains("--simulated-network"))
  }

  @Test func `a public scan without a contact is refused`() throws {
    let output = try TemporaryFolder()
    let result = try Program("collect").run([
      "scan", "--output", output.file("raw"), "--live",
    ])
    #expect(result.exitCode == 64)
    #expect(result.errors.contains("contact"))
  }

  @Test(arguments: ["8.0.0.0/8", "127.0.0.0/7", "10.0.0.0/8", "0.0.0.0/0", "nonsense"])
  func `a descriptor opens loopback and nothing else`(range: String) throws {
    let folder = try TemporaryFolder()
    let descriptor = folder.file("simnet.json")
    let text =
      #"{"schema":"simnet-descriptor.v1","network":"regtest","allowed_ranges":["\#(range)"],"#
      + #""bootstrap":[],"hosts_file":"/dev/null"}"#
    try text.write(toFile: descriptor, atomically: true, encoding: .utf8)
    let result = try Program("collect").run([
      "scan", "--output", folder.file("raw"), "--simulated-network", descriptor,
    ])
    #expect(result.exitCode == 65)
    #expect(result.errors.contains("allowed_ranges"))
  }
}
