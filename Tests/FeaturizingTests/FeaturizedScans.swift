import Artifact
import Records
import StageKit
import TestSupport

@testable import Featurizing

/// Scans made row by row, and what featurize makes of them.
protocol FeaturizedScans {}

extension FeaturizedScans {
  func server(
    _ id: String, banner: String? = nil, status: ValueStatus = .unknown,
    outcome: Outcome = .answered
  ) -> Server {
    var server = Server(
      serverID: id, addresses: ["2600:1900:4000:1::5", "9.9.9.9"], endpoints: 1, outcome: outcome,
      reached: outcome.isReached, bannerStatus: status, banner: banner, donationStatus: .unknown)
    server.textFacts.bannerMaskedSHA256 = banner
    return server
  }

  func exchange(
    _ id: String, _ probe: String, _ outcome: Outcome, sequence: Int = 1, keys: String = "a"
  ) -> ExchangeRecord {
    ExchangeRecord(
      endpointID: "e_" + id, attempt: 1, sequence: sequence, serverID: id, probe: probe,
      outcome: outcome, keyOrder: outcome == .answered ? keys : nil)
  }

  func featurize(
    _ scans: [(name: String, servers: [Server], exchanges: [ExchangeRecord])],
    backends: [BackendView] = []
  ) throws -> StageFolder {
    let stage = try StageFolder()
    try stage.write("normalize", "normalized") { tables in
      for scan in scans {
        try tables.write([Scan.made(scan.name)], folder: scan.name)
        try tables.write(scan.servers, folder: scan.name)
        try tables.write(
          scan.servers.map {
            Endpoint(
              endpointID: "e_" + $0.serverID, serverID: $0.serverID, network: .ipv6,
              address: "2600:1900:4000:1::5", port: 50002, transport: .ssl, outcome: $0.outcome,
              tested: true, reached: $0.reached, attempts: 1, answeredAttempts: 1, advertisers: 1,
              asn: 396_982)
          }, folder: scan.name)
        try tables.write([Certificate](), folder: scan.name)
        try tables.write([Contact](), folder: scan.name)
        try tables.write([Advertisement](), folder: scan.name)
        try tables.write(backends, folder: scan.name)
        try tables.write([SoftwareRecord](), folder: scan.name)
        try tables.write(scan.exchanges, folder: scan.name)
      }
    }
    let normalized = stage.folder.file("normalized")
    try StageRunner(FeaturizeStage.identity, FeaturizeParameters.self, try .embedded())
      .run(output: stage.folder.file("features")) { parameters, context in
        var featurize = FeaturizeStage(parameters, context: context)
        try featurize.run(normalized: normalized)
      }
    return stage
  }
}
