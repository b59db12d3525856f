internal import ElectrumProtocol
internal import SimulatedServers

/// One server as the scenario describes it.
struct ServerSpec: Sendable, Equatable {
  /// Settings an operator gives all its servers.
  struct OperatorDefaults: Sendable {
    var banner: String?
    var donationAddress: String?
    var certificate: CertificateSpec
  }

  let id: String
  /// Its identification, as `Fulcrum 2.1.1`.
  let software: String
  let site: String
  /// Nil: drawn from the site's prefix.
  var address: String?
  let names: [String]
  let tcpPort: Int?
  let sslPort: Int?
  let banner: String?
  let donationAddress: String?
  let certificate: CertificateSpec
  /// Whether `server.features` names its hosts.
  let reportsHosts: Bool
  /// Whether other servers tell of it.
  let peering: Bool
  let pruning: Int?
  /// Added to each reply.
  let delayMilliseconds: Int
  let deviations: [PlantedDeviation]

  static let keys: Set<String> = [
    "id", "software", "site", "address", "names", "tcp_port", "ssl_port", "banner",
    "donation_address", "certificate", "reports_hosts", "peering", "pruning", "delay_ms",
    "deviations",
  ]

  init(_ value: WireValue, place: String, common: OperatorDefaults) throws(ScenarioError) {
    let reader = try ScenarioReader(value, place: place, keys: Self.keys)
    id = try reader.text("id")
    software = try reader.text("software")
    guard ServerImplementation(ServerSoftware(software)) != nil else {
      throw ScenarioError(
        .unknownName, place: reader.place("software"),
        expected: "ElectrumX, Fulcrum, electrs or electrs-esplora with a version",
        found: "\"\(software)\"")
    }
    site = try reader.text("site")
    address = try reader.optionalText("address")
    names = try reader.texts("names")
    tcpPort = try Self.port(reader, "tcp_port", default: 50001)
    sslPort = try Self.port(reader, "ssl_port", default: 50002)
    guard tcpPort != nil || sslPort != nil, tcpPort != sslPort else {
      throw ScenarioError(
        .outOfRange, place: place, expected: "at least one port, and different ones",
        found: tcpPort == nil ? "none" : "the same twice")
    }
    banner = try reader.optionalText("banner") ?? common.banner
    donationAddress = try reader.optionalText("donation_address") ?? common.donationAddress
    certificate = try CertificateSpec.read(reader, defaults: common.certificate)
    reportsHosts = try reader.optionalBoolean("reports_hosts") ?? !names.isEmpty
    peering = try reader.optionalBoolean("peering") ?? true
    pruning = try reader.optionalInteger("pruning", 0...10_000_000)
    delayMilliseconds = try reader.optionalInteger("delay_ms", 0...10_000) ?? 0
    var deviations: [PlantedDeviation] = []
    for item in try reader.list("deviations") {
      deviations.append(try PlantedDeviation(item.value, place: item.place))
    }
    self.deviations = deviations
  }

  /// Absent: the default; null: none.
  private static func port(
    _ reader: ScenarioReader, _ key: String, default defaultPort: Int
  ) throws(ScenarioError) -> Int? {
    if reader.value[key]?.isNull == true { return nil }
    return try reader.optionalInteger(key, 1_024...65_535) ?? defaultPort
  }
}
