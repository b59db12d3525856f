internal import ElectrumProtocol
internal import SimulatedServers

/// What a server is told to be. An operator may say it for all its servers; what a server says
/// itself comes first.
struct ServerSettings: Sendable, Equatable {
  /// What `server.features` says of the server's own hosts.
  enum StatedHosts: Sendable, Equatable {
    case own
    case none
    /// These, whoever they belong to.
    case others([String])
  }

  var site: String?
  var software: String?
  /// The text by which it claims to be other software.
  var claims: String?
  var banner: String?
  var donationAddress: String?
  var certificate = CertificateSpec()
  /// Nil: its own names, if it has any.
  var statedHosts: StatedHosts?
  /// Whether other servers tell of it.
  var peering = true
  /// Blocks kept by a pruned node.
  var pruning: Int?
  /// Id of the node behind it; nil: a usual one of its own, or of the operator's for a farm.
  var backend: String?
  var link = LinkConditions()
  var uptime: UptimeSpec?
  var upgrades: UpgradeSpec?
  /// Mean epochs between changes of the address; nil: it stays.
  var moveEpochs: Double?
  var faults: [FaultSpec] = []
  /// In the order of the scenario, the operator's first.
  var plantings: [Planting] = []

  static let keys: Set<String> = [
    "site", "software", "claims", "banner", "donation_address", "certificate", "features_hosts",
    "peering", "pruning", "backend", "delay_ms", "jitter_ms", "loss", "uptime", "upgrades",
    "move_epochs", "faults", "deviations",
  ]

  init() {}

  init(_ reader: ScenarioReader, over common: ServerSettings) throws(ScenarioError) {
    self = common
    site = try reader.optionalText("site") ?? common.site
    try readSoftware(reader)
    banner = try reader.optionalText("banner") ?? common.banner
    donationAddress = try reader.optionalText("donation_address") ?? common.donationAddress
    certificate = try CertificateSpec.read(reader, defaults: common.certificate)
    if reader.has("features_hosts") { statedHosts = try Self.statedHosts(reader) }
    peering = try reader.optionalBoolean("peering") ?? common.peering
    pruning = try reader.optionalInteger("pruning", 0...10_000_000) ?? common.pruning
    backend = try reader.optionalText("backend") ?? common.backend
    try readLink(reader)
    if let value = reader.value["uptime"] {
      uptime = try UptimeSpec(value, place: reader.place("uptime"))
    }
    if let value = reader.value["upgrades"] {
      upgrades = try UpgradeSpec(value, place: reader.place("upgrades"))
    }
    moveEpochs = try reader.optionalNumber("move_epochs", 1...1_000_000) ?? common.moveEpochs
    for item in try reader.list("faults") {
      faults.append(try FaultSpec(item.value, place: item.place))
    }
    for item in try reader.list("deviations") {
      plantings.append(try Planting(item.value, place: item.place))
    }
  }

  private mutating func readSoftware(_ reader: ScenarioReader) throws(ScenarioError) {
    claims = try reader.optionalText("claims") ?? claims
    guard let text = try reader.optionalText("software") else { return }
    guard ServerImplementation(ServerSoftware(text)) != nil else {
      throw ScenarioError(
        .unknownName, place: reader.place("software"),
        expected: "ElectrumX, Fulcrum, electrs or electrs-esplora with a version",
        found: "\"\(text)\"")
    }
    software = text
  }

  private mutating func readLink(_ reader: ScenarioReader) throws(ScenarioError) {
    link.delayMilliseconds =
      try reader.optionalInteger("delay_ms", 0...10_000) ?? link.delayMilliseconds
    link.jitterMilliseconds =
      try reader.optionalInteger("jitter_ms", 0...10_000) ?? link.jitterMilliseconds
    link.lossShare = try reader.optionalNumber("loss", 0...1) ?? link.lossShare
  }

  private static func statedHosts(_ reader: ScenarioReader) throws(ScenarioError) -> StatedHosts {
    switch reader.value["features_hosts"] {
    case .string("own"): return .own
    case .string("none"): return .none
    case .array: return .others(try reader.texts("features_hosts"))
    case let value:
      throw reader.wrongType("features_hosts", "own, none or a list of hosts", value ?? .null)
    }
  }
}
