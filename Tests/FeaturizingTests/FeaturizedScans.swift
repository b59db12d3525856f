import Artifact
import Featurizing
import Records
import StageKit
import TestSupport

/// Scans made row by row, and what featurize makes of them.
protocol FeaturizedScans {}

extension FeaturizedScans {
  func server(
    _ id: String, banner: String? = nil, status: ValueStatus = .unknown,
    outcome: Outcome = .answered
  ) -> Server {
    var server = Server(
      serverID: id, outcome: outcome, bannerStatus: status, donationStatus: .unknown
    ).with {
      $0.addresses = ["2600:1900:4000:1::5", "9.9.9.9"]
      $0.endpoints = 1
      $0.reached = outcome.isReached
      $0.banner = banner
    }
    server.textFacts.bannerMaskedSHA256 = banner
    return server
  }

  func exchange(
    _ id: String, _ probe: String, _ outcome: Outcome, sequence: Int = 1, keys: String = "a"
  ) -> ExchangeRecord {
    ExchangeRecord(endpointID: "e_" + id, serverID: id, probe: probe, outcome: outcome).with {
      $0.attempt = 1
      $0.sequence = sequence
      $0.keyOrder = outcome == .answered ? keys : nil
    }
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
          scan.servers.map { server in
            Endpoint(
              endpointID: "e_" + server.serverID, serverID: server.serverID, network: .ipv6,
              address: "2600:1900:4000:1::5", transport: .ssl, outcome: server.outcome
            ).with {
              $0.port = 50002
              $0.tested = true
              $0.reached = server.reached
              $0.attempts = 1
              $0.answeredAttempts = 1
              $0.advertisers = 1
              $0.geography.asn = 396_982
            }
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
