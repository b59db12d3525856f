public import Artifact
import ElectrumProtocol
import NIOCore
import Probing
public import StageKit

/// What `collect` is told in pipeline.json.
public struct CollectParameters: StageParameters {
  private(set) var bootstrapFile = "datasets/reference/bootstrap.json"
  private(set) var optOutFile = "datasets/reference/opt-out.txt"
  private(set) var network = BitcoinNetwork.mainnet
  private(set) var clientName = "server-observatory/0.2"
  /// Empty: none, which a scan of a public network refuses.
  private(set) var contact = ""
  /// Name of the vantage that is used where the command line names none.
  private(set) var vantage = "local"
  private var vantageSpecs = [VantageSpec(name: "local")]
  private(set) var extent = ProbePlan.Extent.light
  private var extraProbes: [String] = []
  private var tlsResumption = false
  private var tlsHellos = false

  private(set) var pause = Duration.seconds(1)
  private(set) var simulatedPause = Duration.milliseconds(20)
  private var peerSpacing = Duration.seconds(60)
  private var simulatedPeerSpacing = Duration.milliseconds(20)
  private var silence = ProbePlan.usualSilence
  private var simulatedSilence = Duration.milliseconds(20)
  private var snapshotSpacing = Duration.seconds(120)
  private var simulatedSnapshotSpacing = Duration.milliseconds(20)
  private var probeSeed = 0
  private var resolveTime = Duration.seconds(10)
  private var connectTime = Duration.seconds(10)
  private var socksTime = Duration.seconds(60)
  private var tlsTime = Duration.seconds(10)
  private var replyTime = Duration.seconds(20)
  private var simulatedReplyTime = Duration.seconds(3)
  private var attemptTime = Duration.seconds(90)
  package private(set) var scanTime = Duration.seconds(14_400)
  private(set) var resumeSeconds = 21_600

  private(set) var attemptBytes = 4 << 20
  package private(set) var scanBytes = 1 << 30
  package private(set) var concurrency = 128
  private var peerAnswers = 4
  private var simulatedPeerAnswers = 1
  package private(set) var limits = Self.usualLimits

  private static let usualLimits: Frontier.Limits = {
    var limits = Frontier.Limits()
    limits.endpoints = 50_000
    limits.peersPerSource = 2_000
    limits.endpointsPerAddress = 16
    return limits
  }()

  public init() {}

  public mutating func fields<F: Fields>(_ f: inout F) {
    target(&f)
    times(&f)
    budgets(&f)
  }

  private mutating func target<F: Fields>(_ f: inout F) {
    f.field(
      "bootstrap_file", &bootstrapFile, .text,
      "Public server lists from which a crawl of a public network starts.")
    f.field(
      "opt_out_file", &optOutFile, .text,
      "Names, addresses and ranges that a scan of a public network never contacts.")
    f.field(
      "network", &network, .word,
      "The public network to scan.")
    f.field(
      "client_name", &clientName, .text,
      "What every connection says we are; no wallet's name, which some servers treat otherwise.")
    f.field(
      "contact", &contact, .text,
      "URL or mail address that is said with the name; a public scan needs one.")
    f.field(
      "vantage", &vantage, .text,
      "The place that is measured from: the name of one of `vantages`.")
    f.field(
      "vantages", &vantageSpecs, .list(.object),
      "Places to measure from. A scan has one of them; comparing them is analysis.")
    f.field(
      "plan", &extent, .word,
      "How much is asked of a server; `collect plan` prints it.")
    f.field(
      "extra_probes", &extraProbes, .texts,
      "Families that are asked only where they stand here: junk, broadcast.")
    f.field(
      "probe_seed", &probeSeed, .integer(0...Int.max),
      "With the number of a scan in its series it draws which further scripts and transactions the scan asks every server for."
    )
    f.field(
      "tls_resumption", &tlsResumption, .flag,
      "A second TLS handshake that offers the ticket of the first.")
    f.field(
      "tls_hellos", &tlsHellos, .flag,
      "Ten more TLS handshakes with differing offers, as JARM does; ten connections an endpoint.")
    f.check(
      "extra_probes", extraProbes.allSatisfy { ["junk", "broadcast"].contains($0) },
      expected: "junk or broadcast", found: "something else")
    f.check(
      "client_name", Self.isName(clientName), expected: "1 to 100 printable ASCII characters",
      found: "something else")
    f.check(
      "client_name", !WalletName.begins(clientName),
      expected: "a name that does not begin as a wallet's does", found: "such a name")
    f.check(
      "contact", contact.isEmpty || Self.isName(contact),
      expected: "1 to 100 printable ASCII characters", found: "something else")
    f.check(
      "vantages", !vantages.isEmpty && Set(vantages.map(\.name)).count == vantages.count,
      expected: "at least one, each with a name of its own", found: "something else")
    f.check(
      "vantage", vantages.contains { $0.name == vantage },
      expected: "one of \(vantages.map(\.name).joined(separator: ", "))",
      found: "\"\(EscapedText.escape(vantage))\"")
  }

  private mutating func times<F: Fields>(_ f: inout F) {
    f.field(
      "pause_ms", &pause, .milliseconds(1_000...3_600_000),
      "Pause between connections to one address. Unit: ms.")
    f.field(
      "simulated_pause_ms", &simulatedPause, .milliseconds(0...3_600_000),
      "The same in a simulated network, where nobody is disturbed. Unit: ms.")
    f.field(
      "peer_spacing_ms", &peerSpacing, .milliseconds(1_000...3_600_000),
      "Time before a server is asked for peers again. Unit: ms.")
    f.field(
      "simulated_peer_spacing_ms", &simulatedPeerSpacing, .milliseconds(0...3_600_000),
      "The same in a simulated network. Unit: ms.")
    f.field(
      "silence_ms", &silence, .milliseconds(1_000...60_000),
      "Silence before a question that is asked alone, so that no padding delays its answer. Unit: ms."
    )
    f.field(
      "simulated_silence_ms", &simulatedSilence, .milliseconds(0...60_000),
      "The same in a simulated network. Unit: ms.")
    f.field(
      "snapshot_spacing_ms", &snapshotSpacing, .milliseconds(120_000...3_600_000),
      "Time from a visit to the next snapshot of a server's fees. Unit: ms.")
    f.field(
      "simulated_snapshot_spacing_ms", &simulatedSnapshotSpacing, .milliseconds(0...3_600_000),
      "The same in a simulated network. Unit: ms.")
    f.field(
      "resolve_timeout_ms", &resolveTime, .milliseconds(1...3_600_000),
      "Longest look-up of a name. Unit: ms.")
    f.field(
      "connect_timeout_ms", &connectTime, .milliseconds(1...3_600_000),
      "Longest TCP handshake. Unit: ms.")
    f.field(
      "socks_timeout_ms", &socksTime, .milliseconds(1...3_600_000),
      "Longest wait for a proxy to lead to an endpoint. Unit: ms.")
    f.field(
      "tls_timeout_ms", &tlsTime, .milliseconds(1...3_600_000),
      "Longest TLS handshake. Unit: ms.")
    f.field(
      "reply_timeout_ms", &replyTime, .milliseconds(1...3_600_000),
      "Longest wait for a reply. Unit: ms.")
    f.field(
      "simulated_reply_timeout_ms", &simulatedReplyTime, .milliseconds(1...3_600_000),
      "The same in a simulated network. Unit: ms.")
    f.field(
      "attempt_timeout_ms", &attemptTime, .milliseconds(1...3_600_000),
      "Longest attempt as a whole. Unit: ms.")
    f.field(
      "scan_seconds", &scanTime, .seconds(1...2_592_000),
      "Longest scan; what is not contacted by then stays untested.")
    f.field(
      "resume_seconds", &resumeSeconds, .integer(0...2_592_000),
      "Longest interruption after which a scan is still gone on with.")
  }

  private mutating func budgets<F: Fields>(_ f: inout F) {
    f.field(
      "attempt_bytes", &attemptBytes, .integer(1_024...(64 << 20)),
      "Bytes taken from one connection; what comes after is cut off and said so.")
    f.field(
      "scan_bytes", &scanBytes, .integer(1_024...(1 << 40)),
      "Bytes taken in a scan.")
    f.field(
      "concurrency", &concurrency, .integer(1...8_192),
      "Connections at once.")
    f.field(
      "peer_answers", &peerAnswers, .integer(1...64),
      "Peer lists taken from one address; it is asked again only while it tells of others.")
    f.field(
      "simulated_peer_answers", &simulatedPeerAnswers, .integer(1...64),
      "The same in a simulated network.")
    f.field(
      "maximum_endpoints", &limits.endpoints, .integer(1...10_000_000),
      "Endpoints that a scan takes in.")
    f.field(
      "maximum_peers_per_source", &limits.peersPerSource, .integer(1...1_000_000),
      "Peers taken from one list or one server's reply.")
    f.field(
      "maximum_ports_per_address", &limits.endpointsPerAddress, .integer(1...65_535),
      "Endpoints taken in at one address.")
  }

  private static func isName(_ text: String) -> Bool {
    (1...100).contains(text.utf8.count) && text.utf8.allSatisfy { (0x20...0x7e).contains($0) }
  }

  /// All of them as used.
  var json: JSONValue { ObjectWriter.json(of: self) }

  var vantages: [Vantage] { vantageSpecs.map(\.vantage) }

  /// Longest look-up of a name.
  var resolveTimeout: TimeAmount { TimeAmount(resolveTime) }

  /// The name and the contact, as `server.version` carries them.
  package var announcedName: String {
    contact.isEmpty ? clientName : "\(clientName) (+\(contact))"
  }

  /// How often an address is asked for its peers, and the time between.
  package func peerQuestions(isSimulated: Bool) -> (answers: Int, spacing: Duration) {
    isSimulated ? (simulatedPeerAnswers, simulatedPeerSpacing) : (peerAnswers, peerSpacing)
  }

  /// Time between the snapshots of a server's fees.
  package func snapshotSpacing(isSimulated: Bool) -> Duration {
    isSimulated ? simulatedSnapshotSpacing : snapshotSpacing
  }

  /// - Parameters:
  ///   - turn: number of the scan in its series.
  ///   - extent: in place of the parameter.
  ///   - forks: of the chain that is asked.
  func plan(
    isSimulated: Bool, turn: Int, extent: ProbePlan.Extent? = nil,
    forks: [KnownFork] = KnownFork.mainnet
  ) -> ProbePlan {
    ProbePlan(
      extent ?? self.extent, clientName: announcedName, turn: turn,
      families: Set(extraProbes.compactMap { ProbeFamily(rawValue: $0) }),
      scripts: isSimulated ? .simulated : .published, forks: forks,
      seed: UInt64(probeSeed) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(turn),
      silence: isSimulated ? simulatedSilence : silence
    ).adding(resumption: tlsResumption, hellos: tlsHellos, clientName: announcedName)
  }

  func attemptSettings(isSimulated: Bool, turn: Int, forks: [KnownFork]) -> AttemptSettings {
    var settings = AttemptSettings(
      plan: plan(isSimulated: isSimulated, turn: turn, forks: forks))
    settings.connectTimeout = TimeAmount(connectTime)
    settings.socksTimeout = TimeAmount(socksTime)
    settings.tlsTimeout = TimeAmount(tlsTime)
    settings.replyTimeout = TimeAmount(isSimulated ? simulatedReplyTime : replyTime)
    settings.totalTimeout = TimeAmount(attemptTime)
    settings.byteLimit = attemptBytes
    return settings
  }
}
