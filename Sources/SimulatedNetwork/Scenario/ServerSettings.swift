internal import Artifact
internal import ElectrumProtocol
internal import SimulatedServers

/// What a server is told to be. An operator may say it for all its servers; what a server says
/// itself comes first.
struct ServerSettings: Sendable, Equatable {
  /// What `server.features` says of the server's own hosts.
  enum StatedHosts: Sendable, Equatable {
    case own
    /// Every place that is its own: its names, or its address where it has none, its IPv6 address and
    /// its onion service.
    case all
    case none
    /// These, whoever they belong to.
    case others([String])
  }

  var site: String?
  var software: String?
  var claims: String?
  var banner: String?
  var donationAddress: String?
  var certificate = CertificateSpec()
  var statedHosts: StatedHosts?
  /// Ids of servers that it names beside its own hosts.
  var alsoNames: [String] = []
  var websocketPort: Int?
  var secureWebsocketPort: Int?
  /// Plain-text ports that peers tell of and nobody listens on.
  var silentPorts: [Int] = []
  var peering = true
  var pruning: Int?
  var backend: String?
  var link = LinkConditions()
  var uptime: UptimeSpec?
  var upgrades: UpgradeSpec?
  var moveEpochs: Double?
  var faults: [FaultSpec] = []
  /// In the order of the scenario, the operator's first.
  var plantings: [Planting] = []

  mutating func fields<F: Fields>(_ f: inout F) {
    f.field("site", &site, .text, "Id of its site.")
    f.field(
      "software", &software, .software,
      "Identification, as ElectrumX 1.18.0, Fulcrum 2.1.1, electrs/0.11.1 or electrs-esplora "
        + "0.4.1; the version decides how it answers.")
    f.field(
      "claims", &claims, .text, "Identification that it claims in place of its own (I19).")
    f.field("banner", &banner, .text, "Banner; absent: the implementation's default.")
    f.field(
      "donation_address", &donationAddress, .text,
      "Donation address; absent: the implementation's default.")
    f.field("certificate", &certificate, .object, "Which certificate it shows.")
    f.field(
      "features_hosts", &statedHosts, .statedHosts,
      "What server.features says of its own hosts; own, or absent: its names, if it has any; "
        + "all: its names, or its address where it has none, with its IPv6 address and its onion "
        + "service. A list names these hosts, whoever they belong to.")
    furtherFields(&f)
    f.field("peering", &peering, .flag, "Whether other servers tell of it.")
    f.field("pruning", &pruning, .integer(0...10_000_000), "Blocks kept by a pruned node.")
    f.field(
      "backend", &backend, .text,
      "Id of the node behind it; absent: a usual one of its own, or the operator's for a farm "
        + "or an operator in hiding.")
    timeFields(&f)
    f.field(
      "faults", &faults, .appended(.object), "Questions that go unanswered by accident.")
    f.field(
      "deviations", &plantings, .appended(.planting),
      "What is planted; a server's own come after its operator's.")
  }

  private mutating func furtherFields<F: Fields>(_ f: inout F) {
    f.field(
      "also_names", &alsoNames, .texts,
      "Ids of servers that server.features names beside the server's own hosts, with their ports: "
        + "two that do so name each other, as friends may.")
    f.field(
      "ws_port", &websocketPort, .integer(1_024...65_535),
      "Port of WebSocket that server.features names and nobody listens on; absent: none.")
    f.field(
      "wss_port", &secureWebsocketPort, .integer(1_024...65_535),
      "Port of WebSocket over TLS that server.features names and nobody listens on; absent: none.")
    f.field(
      "silent_ports", &silentPorts, .list(.integer(1_024...65_535)),
      "Plain-text ports of its addresses that peers tell of and nobody listens on.")
  }

  private mutating func timeFields<F: Fields>(_ f: inout F) {
    f.field(
      "delay_ms", &link.delayMilliseconds, .integer(0...10_000),
      "Added to each reply, milliseconds.")
    f.field(
      "jitter_ms", &link.jitterMilliseconds, .integer(0...10_000),
      "Largest further delay of a reply, milliseconds, drawn evenly.")
    f.field(
      "loss", &link.lossShare, .number(0...1), "Part of the connections that come to nothing.")
    f.field(
      "uptime", &uptime, .object(from: UptimeSpec()), "How often it is there; absent: always.")
    f.field(
      "upgrades", &upgrades, .object(from: UpgradeSpec()),
      "When it takes a release of the calendar; absent: never.")
    f.field(
      "move_epochs", &moveEpochs, .number(1...1_000_000),
      "Mean epochs between changes of its address within its site; absent: it stays.")
  }
}

extension FieldForm where Value == String {
  /// An identification of software that can be simulated.
  fileprivate static var software: FieldForm {
    text.converted(
      expected: "ElectrumX, Fulcrum, electrs or electrs-esplora with a version", .unknownName,
      into: { ServerImplementation(ServerSoftware($0)) == nil ? nil : $0 }, from: { $0 })
  }
}

extension FieldForm where Value == ServerSettings.StatedHosts {
  fileprivate static var statedHosts: FieldForm {
    FieldForm(
      read: { json, _, path, mistakes in
        switch json {
        case .string("own"): return (.own, json)
        case .string("all"): return (.all, json)
        case .string("none"): return (.none, json)
        case .array:
          return FieldForm<[String]>.texts.read(json, nil, path, &mistakes)
            .map { (.others($0.value), json) }
        case .null, .boolean, .integer, .number, .string, .object:
          mistakes.append(
            ObjectMistake(
              .wrongType, path: path, expected: "own, all, none or a list of hosts",
              found: json.kind))
          return nil
        }
      },
      write: { hosts, _ in
        switch hosts {
        case .own: .string("own")
        case .all: .string("all")
        case .none: .string("none")
        case .others(let names): .array(names.map { .string($0) })
        }
      },
      schema: { definitions in
        let list = JSONValue.object(FieldForm<[String]>.texts.schema(&definitions))
        let words = JSONValue.object([
          ("enum", .array([.string("own"), .string("all"), .string("none")]))
        ])
        return [("oneOf", .array([words, list]))]
      })
  }
}
