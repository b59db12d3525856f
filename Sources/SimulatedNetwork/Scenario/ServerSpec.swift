internal import ElectrumProtocol
internal import SimulatedServers

/// One server as the scenario describes it.
struct ServerSpec: Sendable, Equatable {
  /// A second address of the server, drawn or given.
  enum Twin: Sendable, Equatable {
    case drawn
    case given(String)
  }

  let id: String
  var settings: ServerSettings
  /// Its identification at epoch 0, as `Fulcrum 2.1.1`.
  var software: String
  var site: String
  /// Nil: drawn from the site's prefix.
  var address: String?
  var names: [String]
  var tcpPort: Int?
  var sslPort: Int?
  /// Documentation IPv6 address.
  let ipv6: Twin?
  let onion: Twin?
  /// Whether it has a node of its own even where its operator's others share one.
  var hasOwnBackend = false
  /// First epoch at which it is there.
  let joins: Int
  /// First epoch at which it is gone for ever; nil: it stays.
  let leaves: Int?

  static let keys = ServerSettings.keys.union([
    "id", "address", "names", "tcp_port", "ssl_port", "ipv6", "onion", "count", "joins_epoch",
    "leaves_epoch",
  ])

  var banner: String? { settings.banner }
  var donationAddress: String? { settings.donationAddress }
  var certificate: CertificateSpec { settings.certificate }
  var peering: Bool { settings.peering }
  var pruning: Int? { settings.pruning }
  var delayMilliseconds: Int { settings.link.delayMilliseconds }
  /// All that is planted, whatever the epoch.
  var deviations: [PlantedDeviation] { settings.plantings.map(\.deviation) }

  /// One server, or so many alike: `#` in texts is then the number, from 1.
  static func read(
    _ value: WireValue, place: String, common: ServerSettings
  ) throws(ScenarioError) -> [ServerSpec] {
    let reader = try ScenarioReader(value, place: place, keys: keys)
    guard let count = try reader.optionalInteger("count", 1...20_000) else {
      return [try ServerSpec(reader, number: nil, common: common)]
    }
    guard !reader.has("address") else {
      throw ScenarioError(
        .unknownKey, place: reader.place("address"), expected: "no address beside count",
        found: "one")
    }
    var result: [ServerSpec] = []
    for number in 1...count {
      result.append(try ServerSpec(reader, number: number, common: common))
    }
    return result
  }

  private init(
    _ reader: ScenarioReader, number: Int?, common: ServerSettings
  ) throws(ScenarioError) {
    func numbered(_ text: String) -> String {
      number.map { text.replacing("#", with: String($0)) } ?? text
    }
    id = numbered(try reader.text("id"))
    settings = try ServerSettings(reader, over: common)
    settings.certificate.commonName = settings.certificate.commonName.map(numbered)
    settings.banner = settings.banner.map(numbered)
    software = try reader.required("software", settings.software)
    site = try reader.required("site", settings.site)
    address = try reader.optionalText("address")
    names = try reader.texts("names").map(numbered)
    tcpPort = try Self.port(reader, "tcp_port", default: 50001)
    sslPort = try Self.port(reader, "ssl_port", default: 50002)
    guard tcpPort != nil || sslPort != nil, tcpPort != sslPort else {
      throw ScenarioError(
        .outOfRange, place: reader.place, expected: "at least one port, and different ones",
        found: tcpPort == nil ? "none" : "the same twice")
    }
    ipv6 = try Self.twin(reader, "ipv6")
    onion = try Self.twin(reader, "onion")
    joins = try reader.optionalInteger("joins_epoch", 0...1_000_000) ?? 0
    leaves = try reader.optionalInteger("leaves_epoch", joins + 1...1_000_001)
  }

  /// Absent: the default; null: none.
  private static func port(
    _ reader: ScenarioReader, _ key: String, default defaultPort: Int
  ) throws(ScenarioError) -> Int? {
    if reader.value[key]?.isNull == true { return nil }
    return try reader.optionalInteger(key, 1_024...65_535) ?? defaultPort
  }

  /// A text, or true for one that is drawn.
  private static func twin(
    _ reader: ScenarioReader, _ key: String
  ) throws(ScenarioError) -> Twin? {
    switch reader.value[key] {
    case nil, .bool(false): return nil
    case .bool(true): return .drawn
    case .string(let text): return .given(text)
    case let value?: throw reader.wrongType(key, "a text, true or false", value)
    }
  }
}
