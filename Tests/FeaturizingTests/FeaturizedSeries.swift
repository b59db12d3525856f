import Artifact
import Featurizing
import Records
import StageKit
import TestSupport

/// One scan of a series made by hand.
struct SeriesScan {
  let name: String
  var servers: [Server] = []
  var endpoints: [Endpoint] = []
  var certificates: [Certificate] = []
  var exchanges: [ExchangeRecord] = []
  var backends: [BackendView] = []
  var contacts: [Contact] = []
}

/// Features of a series made by hand.
struct FeaturizedSeries {
  private let stage: StageFolder

  init(_ scans: [SeriesScan]) throws {
    let stage = try StageFolder()
    try stage.write("normalize", "normalized") { tables in
      for scan in scans {
        try tables.write([Scan.made(scan.name)], folder: scan.name)
        try tables.write(scan.servers, folder: scan.name)
        try tables.write(scan.endpoints, folder: scan.name)
        try tables.write(scan.contacts, folder: scan.name)
        try tables.write(scan.certificates, folder: scan.name)
        try tables.write(scan.exchanges, folder: scan.name)
        try tables.write([Advertisement](), folder: scan.name)
        try tables.write([SoftwareRecord](), folder: scan.name)
        try tables.write(scan.backends, folder: scan.name)
      }
    }
    let normalized = stage.folder.file("normalized")
    try StageRunner(FeaturizeStage.identity, FeaturizeParameters.self, try .embedded())
      .run(output: stage.folder.file("features")) { parameters, context in
        var featurize = FeaturizeStage(parameters, context: context)
        try featurize.run(normalized: normalized)
      }
    self.stage = stage
  }

  /// The features of the only server in the only epoch.
  func features() throws -> FeatureSet {
    let vectors = try rows(FeatureVector.self)
    guard vectors.count == 1 else { throw NotOneVector() }
    return vectors[0].features
  }

  struct NotOneVector: Error {}

  func rows<Row: ArtifactRow>(_ type: Row.Type) throws -> [Row] {
    try stage.rows(type, "features")
  }
}

extension Scan {
  static func made(_ name: String, complete: Bool? = true) -> Scan {
    Scan(scan: name, chain: "mainnet").with {
      $0.complete = complete
      $0.simulated = false
      $0.imported = false
    }
  }
}

extension Server {
  static func made(_ id: String, outcome: Outcome = .answered) -> Server {
    Server(serverID: id, outcome: outcome, bannerStatus: .unknown, donationStatus: .unknown).with {
      $0.endpoints = 1
      $0.reached = outcome.isReached
    }
  }
}

extension Endpoint {
  static func made(
    _ id: String, network: AddressFamily = .ipv4, port: Int = 50002, asn: Int? = nil
  ) -> Endpoint {
    Endpoint(
      endpointID: "e_\(id)_\(network.rawValue)", serverID: id, network: network, address: "9.9.9.9",
      transport: .ssl, outcome: .answered
    ).with {
      $0.port = port
      $0.tested = true
      $0.reached = true
      $0.attempts = 1
      $0.answeredAttempts = 1
      $0.advertisers = 1
      $0.geography.asn = asn
    }
  }
}

extension ExchangeRecord {
  static func made(
    _ id: String, _ probe: String, _ outcome: Outcome = .answered, sequence: Int = 1,
    network: AddressFamily = .ipv4
  ) -> ExchangeRecord {
    ExchangeRecord(
      endpointID: "e_\(id)_\(network.rawValue)", serverID: id, probe: probe, outcome: outcome
    ).with {
      $0.attempt = 1
      $0.sequence = sequence
    }
  }
}
