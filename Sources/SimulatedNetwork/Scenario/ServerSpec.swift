internal import Artifact
internal import ElectrumProtocol
internal import SimulatedServers

/// One server as the scenario describes it.
struct ServerSpec: Sendable, Equatable, FieldObject {
  /// A second address of the server, drawn or given.
  enum Twin: Sendable, Equatable {
    case drawn
    case given(String)
  }

  static let definition: String? = "server"

  private(set) var id = ""
  private var count: Int?
  var settings = ServerSettings()
  /// Its identification at epoch 0, as `Fulcrum 2.1.1`.
  var software = ""
  var site = ""
  var address: String?
  var names: [String] = []
  var tcpPort: Int? = 50001
  var sslPort: Int? = 50002
  private(set) var ipv6: Twin?
  private(set) var onion: Twin?
  /// Whether it has a node of its own even where its operator's others share one.
  var hasOwnBackend = false
  private(set) var joins = 0
  private(set) var leaves: Int?

  init() {}

  /// - Parameter common: what the operator says of all its servers.
  init(_ common: ServerSettings) {
    settings = common
  }

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("id", &id, .text, "Name of the server; # is its number where count is given.")
    f.field(
      "count", &count, .integer(1...20_000),
      "So many servers alike: # in id, names, banner and common name is the number, from 1.")
    settings.fields(&f)
    software = settings.software ?? ""
    site = settings.site ?? ""
    for (key, isKnown) in [("software", settings.software != nil), ("site", settings.site != nil)] {
      f.check(key, as: .missing, isKnown, expected: "this key", found: "nothing")
    }
    addressFields(&f)
    f.field(
      "joins_epoch", &joins, .integer(0...1_000_000), "First epoch at which it is there.")
    f.field(
      "leaves_epoch", &leaves, .integer(1...1_000_001),
      "First epoch at which it is gone for ever; absent: it stays.")
    f.check(
      "leaves_epoch", (leaves ?? .max) > joins, expected: "an epoch after it joins",
      found: "\(leaves ?? 0)")
  }

  private mutating func addressFields<F: Fields>(_ f: inout F) {
    f.field("address", &address, .text, "IPv4 address of the site; absent: drawn.")
    f.check(
      "address", as: .unknownKey, address == nil || count == nil,
      expected: "no address beside count", found: "one")
    f.field(
      "names", &names, .texts, "Host names, under .example, .test, .invalid or .onion.")
    f.field(
      "tcp_port", &tcpPort, .nullable(.integer(1_024...65_535)), "Plain-text port; null: none.")
    f.field(
      "ssl_port", &sslPort, .nullable(.integer(1_024...65_535)), "TLS port; null: none.")
    f.check(
      "ssl_port", tcpPort != nil || sslPort != nil, expected: "at least one port",
      found: "none")
    f.check(
      "ssl_port", sslPort == nil || tcpPort != sslPort, expected: "ports that differ",
      found: "the same twice")
    f.field(
      "ipv6", &ipv6, .twin,
      "A second address: true for one drawn from 2001:db8::/32, or one of it, or ::1.")
    f.field(
      "onion", &onion, .twin,
      "An onion service: true for a drawn name, or a name under .onion.")
  }

  /// Itself, or so many alike as its count says.
  var counted: [ServerSpec] {
    guard let count else { return [self] }
    return (1...count).map { number in
      func numbered(_ text: String) -> String { text.replacing("#", with: String(number)) }
      var server = self
      server.count = nil
      server.id = numbered(id)
      server.settings.certificate.commonName = settings.certificate.commonName.map(numbered)
      server.settings.banner = banner.map(numbered)
      server.names = names.map(numbered)
      return server
    }
  }

  var banner: String? { settings.banner }
  var donationAddress: String? { settings.donationAddress }
  var certificate: CertificateSpec { settings.certificate }
  var peering: Bool { settings.peering }
  var pruning: Int? { settings.pruning }
  var delayMilliseconds: Int { settings.link.delayMilliseconds }
  /// All that is planted, whatever the epoch.
  var deviations: [any PlantedDeviation] { settings.plantings.map(\.deviation) }
}

extension FieldForm where Value == ServerSpec.Twin? {
  /// A text, or true for one that is drawn.
  fileprivate static var twin: FieldForm {
    FieldForm(
      read: { json, _, path, mistakes in
        switch json {
        case .boolean(let isDrawn): return (isDrawn ? .drawn : nil, json)
        case .string(let text): return (.given(text), json)
        case .null, .integer, .number, .array, .object:
          mistakes.append(
            ObjectMistake(
              .wrongType, path: path, expected: "a text, true or false", found: json.kind))
          return nil
        }
      },
      write: { twin, _ in
        switch twin {
        case nil: .boolean(false)
        case .drawn: .boolean(true)
        case .given(let text): .string(text)
        }
      },
      schema: { _ in [("type", .array([.string("boolean"), .string("string")]))] })
  }
}
