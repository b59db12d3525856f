import Longitudinal
import Records
import Timekeeping

/// One server in a made-up scan.
struct Sample {
  var id: String
  var outcome = Outcome.answered
  var version: String?
  var software = "fulcrum"
  var leaf: String?
  var address: String?
  var asn: Int?
  var network = AddressFamily.ipv4
  var domain: String?
  var key: String?

  init(
    _ id: String, _ outcome: Outcome = .answered, version: String? = nil,
    software: String = "fulcrum", leaf: String? = nil, address: String? = nil, asn: Int? = nil,
    network: AddressFamily = .ipv4, domain: String? = nil, key: String? = nil
  ) {
    self.domain = domain
    self.key = key
    self.id = id
    self.outcome = outcome
    self.version = version
    self.software = software
    self.leaf = leaf
    self.address = address
    self.asn = asn
    self.network = network
  }

  var server: Server {
    Server(serverID: id, outcome: outcome, bannerStatus: .unknown, donationStatus: .unknown).with {
      $0.endpoints = 1
      $0.reached = outcome.isReached
      $0.registrableDomains = [domain].compactMap(\.self)
      // A key is seen only where it is shown.
      $0.spkiSHA256s = outcome.isReached ? [key].compactMap(\.self) : []
      $0.software = version.map { _ in software }
      $0.softwareVersion = version
      $0.serverVersionText = version.map { "\(software) \($0)" }
    }
  }

  var endpoint: Endpoint {
    Endpoint(
      endpointID: "e_\(id)\(address ?? "")", serverID: id, network: network, address: address ?? "",
      transport: .ssl, outcome: outcome
    ).with {
      $0.port = 50002
      $0.tested = outcome.isTested
      $0.reached = outcome.isReached
      $0.attempts = 1
      $0.answeredAttempts = 0
      $0.advertisers = 1
      $0.certificateSHA256 = outcome.isReached ? leaf : nil
      $0.geography.asn = asn
    }
  }
}

/// A made-up series, and what it comes to.
struct SampleSeries {
  private(set) var settled: [SettledScan] = []
  let tables: SeriesTables

  init(
    _ scans: [(name: String, servers: [Sample])], rules: SeriesRules = SeriesRules()
  ) {
    var history = SeriesHistory(rules)
    for scan in scans {
      settled += history.take(
        ScanSighting(
          scan: scan.name, servers: scan.servers.map(\.server),
          endpoints: scan.servers.map(\.endpoint)))
    }
    settled += history.finish()
    tables = history.tables()
  }

  /// The name of a scan that begins so many hours into 2026.
  static func name(_ hours: Double, _ vantage: String = "v") -> String {
    let text = UTCTime.text(seconds: 1_767_225_600 + Int(hours * 3600))
    return text.filter { $0 != "-" && $0 != ":" } + "-" + vantage
  }

  func row(_ scan: String, _ id: String) -> SettledScan.Server? {
    settled.first { $0.scan == scan }?.servers.first { $0.serverID == id }
  }

  func events(of id: String) -> [String] {
    tables.events.filter { $0.serverID == id }
      .sorted { ($0.epoch, $0.kind.rawValue) < ($1.epoch, $1.kind.rawValue) }
      .map { "\($0.epochStart.prefix(13)) \($0.kind.rawValue) \($0.excluded?.rawValue ?? "-")" }
  }

  func reliability(_ id: String, _ vantage: String = "v") -> ServerReliability? {
    tables.reliability.first { $0.serverID == id && $0.vantage == vantage }
  }
}
