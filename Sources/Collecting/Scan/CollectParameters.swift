import Artifact
import ElectrumProtocol
import NIOCore
import Probing
public import StageKit

/// What `collect` is told in pipeline.json.
public struct CollectParameters: StageParameters {
  let bootstrapFile: String
  let optOutFile: String
  let network: BitcoinNetwork
  let clientName: String
  /// Empty: none, which a scan of a public network refuses.
  let contact: String
  /// Name of the vantage that is used where the command line names none.
  let vantage: String
  let vantages: [Vantage]
  let extent: ProbePlan.Extent
  let extraFamilies: Set<ProbeFamily>
  let pause: Duration
  let simulatedPause: Duration
  private let peerAnswers: Int
  private let simulatedPeerAnswers: Int
  private let peerSpacing: Duration
  private let simulatedPeerSpacing: Duration
  let resolveTimeout: TimeAmount
  let connectTimeout: TimeAmount
  let socksTimeout: TimeAmount
  let tlsTimeout: TimeAmount
  let replyTimeout: TimeAmount
  let simulatedReplyTimeout: TimeAmount
  let attemptTimeout: TimeAmount
  let attemptBytes: Int
  package let concurrency: Int
  package let scanBytes: Int
  package let scanTime: Duration
  package let limits: Frontier.Limits
  /// Longest interruption after which a scan is still gone on with.
  let resumeSeconds: Int
  private let tlsResumption: Bool
  private let tlsHellos: Bool
  /// All of them as used.
  let json: JSONValue

  public static let fields: [ParameterField] = target + times + budgets

  private static let target = [
    ParameterField(
      "bootstrap_file", .text, default: .string("datasets/reference/bootstrap.json"),
      "Public server lists from which a crawl of a public network starts."),
    ParameterField(
      "opt_out_file", .text, default: .string("datasets/reference/opt-out.txt"),
      "Names, addresses and ranges that a scan of a public network never contacts."),
    ParameterField(
      "network", .choice(BitcoinNetwork.allCases.map(\.rawValue)), default: .string("mainnet"),
      "The public network to scan."),
    ParameterField(
      "client_name", .text, default: .string("electrum-observatory/0.1"),
      "What every connection says we are."),
    ParameterField(
      "contact", .text, default: .string(""),
      "URL or mail address that is said with the name; a public scan needs one."),
    ParameterField(
      "vantage", .text, default: .string("local"),
      "The place that is measured from: the name of one of `vantages`."),
    ParameterField(
      "vantages", .objects(Vantage.fields),
      default: .array([.object([("name", .string("local"))])]),
      "Places to measure from. A scan has one of them; comparing them is analysis."),
    ParameterField(
      "plan", .choice(ProbePlan.Extent.allCases.map(\.rawValue)), default: .string("light"),
      "How much is asked of a server; `collect plan` prints it."),
    ParameterField(
      "extra_probes", .texts, default: .array([]),
      "Families that are asked only where they stand here: junk, broadcast."),
    ParameterField(
      "tls_resumption", .flag, default: .boolean(false),
      "A second TLS handshake that offers the ticket of the first."),
    ParameterField(
      "tls_hellos", .flag, default: .boolean(false),
      "Ten more TLS handshakes with differing offers, as JARM does; ten connections an endpoint."),
  ]

  private static let times = [
    milliseconds("pause_ms", 1_000, 1_000, "Pause between connections to one address."),
    milliseconds(
      "simulated_pause_ms", 0, 20, "The same in a simulated network, where nobody is disturbed."),
    milliseconds(
      "peer_spacing_ms", 1_000, 60_000, "Time before a server is asked for peers again."),
    milliseconds("simulated_peer_spacing_ms", 0, 20, "The same in a simulated network."),
    milliseconds("resolve_timeout_ms", 1, 10_000, "Longest look-up of a name."),
    milliseconds("connect_timeout_ms", 1, 10_000, "Longest TCP handshake."),
    milliseconds(
      "socks_timeout_ms", 1, 60_000, "Longest wait for a proxy to lead to an endpoint."),
    milliseconds("tls_timeout_ms", 1, 10_000, "Longest TLS handshake."),
    milliseconds("reply_timeout_ms", 1, 20_000, "Longest wait for a reply."),
    milliseconds(
      "simulated_reply_timeout_ms", 1, 3_000, "The same in a simulated network."),
    milliseconds("attempt_timeout_ms", 1, 90_000, "Longest attempt as a whole."),
    ParameterField(
      "scan_seconds", .integer(1...2_592_000), default: .integer(14_400),
      "Longest scan; what is not contacted by then stays untested."),
    ParameterField(
      "resume_seconds", .integer(0...2_592_000), default: .integer(21_600),
      "Longest interruption after which a scan is still gone on with."),
  ]

  private static let budgets = [
    ParameterField(
      "attempt_bytes", .integer(1_024...(64 << 20)), default: .integer(4 << 20),
      "Bytes taken from one connection; what comes after is cut off and said so."),
    ParameterField(
      "scan_bytes", .integer(1_024...(1 << 40)), default: .integer(1 << 30),
      "Bytes taken in a scan."),
    ParameterField(
      "concurrency", .integer(1...8_192), default: .integer(128), "Connections at once."),
    ParameterField(
      "peer_answers", .integer(1...64), default: .integer(4),
      "Peer lists taken from one address; it is asked again only while it tells of others."),
    ParameterField(
      "simulated_peer_answers", .integer(1...64), default: .integer(1),
      "The same in a simulated network."),
    ParameterField(
      "maximum_endpoints", .integer(1...10_000_000), default: .integer(50_000),
      "Endpoints that a scan takes in."),
    ParameterField(
      "maximum_peers_per_source", .integer(1...1_000_000), default: .integer(2_000),
      "Peers taken from one list or one server's reply."),
    ParameterField(
      "maximum_ports_per_address", .integer(1...65_535), default: .integer(16),
      "Endpoints taken in at one address."),
  ]

  private static func milliseconds(
    _ name: String, _ least: Int, _ fallback: Int, _ summary: String
  ) -> ParameterField {
    ParameterField(
      name, .integer(least...3_600_000), default: .integer(fallback), summary + " Unit: ms.")
  }

  public init(_ values: ParameterValues) throws(StageError) {
    func time(_ name: String) throws(StageError) -> TimeAmount {
      .milliseconds(Int64(try values.integer(name)))
    }
    bootstrapFile = try values.text("bootstrap_file")
    optOutFile = try values.text("opt_out_file")
    network = BitcoinNetwork(rawValue: try values.text("network")) ?? .mainnet
    clientName = try values.text("client_name")
    contact = try values.text("contact")
    vantage = try values.text("vantage")
    var vantages: [Vantage] = []
    for object in try values.objects("vantages") { vantages.append(try Vantage(object)) }
    self.vantages = vantages
    extent = ProbePlan.Extent(rawValue: try values.text("plan")) ?? .light
    let extra = try values.texts("extra_probes")
    extraFamilies = Set(extra.compactMap { ProbeFamily(rawValue: $0) })
    pause = .milliseconds(try values.integer("pause_ms"))
    simulatedPause = .milliseconds(try values.integer("simulated_pause_ms"))
    peerAnswers = try values.integer("peer_answers")
    simulatedPeerAnswers = try values.integer("simulated_peer_answers")
    peerSpacing = .milliseconds(try values.integer("peer_spacing_ms"))
    simulatedPeerSpacing = .milliseconds(try values.integer("simulated_peer_spacing_ms"))
    resolveTimeout = try time("resolve_timeout_ms")
    connectTimeout = try time("connect_timeout_ms")
    socksTimeout = try time("socks_timeout_ms")
    tlsTimeout = try time("tls_timeout_ms")
    replyTimeout = try time("reply_timeout_ms")
    simulatedReplyTimeout = try time("simulated_reply_timeout_ms")
    attemptTimeout = try time("attempt_timeout_ms")
    attemptBytes = try values.integer("attempt_bytes")
    concurrency = try values.integer("concurrency")
    scanBytes = try values.integer("scan_bytes")
    scanTime = .seconds(try values.integer("scan_seconds"))
    resumeSeconds = try values.integer("resume_seconds")
    tlsResumption = try values.flag("tls_resumption")
    tlsHellos = try values.flag("tls_hellos")
    json = values.json
    var limits = Frontier.Limits()
    limits.endpoints = try values.integer("maximum_endpoints")
    limits.peersPerSource = try values.integer("maximum_peers_per_source")
    limits.endpointsPerAddress = try values.integer("maximum_ports_per_address")
    self.limits = limits
    try check(
      "vantages", !vantages.isEmpty && Set(vantages.map(\.name)).count == vantages.count,
      "at least one, each with a name of its own")
    try check(
      "vantage", vantages.contains { $0.name == vantage },
      "one of \(vantages.map(\.name).joined(separator: ", "))")
    try check(
      "extra_probes", extra.allSatisfy { ["junk", "broadcast"].contains($0) }, "junk or broadcast")
    try check("client_name", Self.isName(clientName), "1 to 100 printable ASCII characters")
    try check(
      "contact", contact.isEmpty || Self.isName(contact), "1 to 100 printable ASCII characters")
  }

  private func check(_ key: String, _ holds: Bool, _ expected: String) throws(StageError) {
    if holds { return }
    throw StageError(
      .parameters, place: "collect, key \(key)", expected: expected, found: "something else",
      remedy: "correct the value")
  }

  private static func isName(_ text: String) -> Bool {
    (1...100).contains(text.utf8.count) && text.utf8.allSatisfy { (0x20...0x7e).contains($0) }
  }

  /// The name and the contact, as `server.version` carries them.
  package var announcedName: String {
    contact.isEmpty ? clientName : "\(clientName) (+\(contact))"
  }

  /// How often an address is asked for its peers, and the time between.
  package func peerQuestions(isSimulated: Bool) -> (answers: Int, spacing: Duration) {
    isSimulated ? (simulatedPeerAnswers, simulatedPeerSpacing) : (peerAnswers, peerSpacing)
  }

  /// - Parameters:
  ///   - turn: number of the scan in its series.
  ///   - extent: in place of the parameter.
  func plan(isSimulated: Bool, turn: Int, extent: ProbePlan.Extent? = nil) -> ProbePlan {
    ProbePlan(
      extent ?? self.extent, clientName: announcedName, turn: turn, families: extraFamilies,
      sized: isSimulated ? SizedTestScript.simulated : SizedTestScript.published
    ).adding(resumption: tlsResumption, hellos: tlsHellos, clientName: announcedName)
  }

  func attemptSettings(isSimulated: Bool, turn: Int) -> AttemptSettings {
    var settings = AttemptSettings(plan: plan(isSimulated: isSimulated, turn: turn))
    settings.connectTimeout = connectTimeout
    settings.socksTimeout = socksTimeout
    settings.tlsTimeout = tlsTimeout
    settings.replyTimeout = isSimulated ? simulatedReplyTimeout : replyTimeout
    settings.totalTimeout = attemptTimeout
    settings.byteLimit = attemptBytes
    return settings
  }
}
