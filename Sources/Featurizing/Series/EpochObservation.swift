import Ordering
import Probing
import Records

/// What was observed of one server in one epoch.
struct EpochObservation {
  /// The epoch's rows of it put together: the last of each value that is known.
  private(set) var server: Server
  private(set) var scans = 0
  private(set) var scansAnswered = 0
  private(set) var isReached = false
  private(set) var endpoints: [Endpoint] = []
  let firstScan: String
  private(set) var lastScan: String
  private(set) var software: SoftwareRecord?
  /// What its last texts name.
  private(set) var contacts: [Contact] = []
  var probes: [String: ProbeTally] = [:]
  /// Fewest requests of an attempt until the server limited us.
  private(set) var throttledAfter: Int?
  /// Code with which it last limited us; nil: it gave none.
  private(set) var throttleCode: Int?
  /// What its node's settings are, as far as it said.
  private(set) var node = NodeSettings()

  struct NodeSettings {
    /// Unit: sat/vB.
    var relayFee: Double?
    /// Unit: sat/vB.
    var incrementalRelayFee: Double?
    var fullRBF: Bool?
  }

  init(_ server: Server, scan: String) {
    self.server = server
    firstScan = scan
    lastScan = scan
    count(server)
  }

  private mutating func count(_ server: Server) {
    scans += 1
    isReached = isReached || server.reached
    if server.outcome == .answered { scansAnswered += 1 }
  }

  /// Takes in the server's row of a later scan of the epoch.
  mutating func take(_ later: Server, scan: String) {
    count(later)
    lastScan = scan
    // What a later text names takes the place of what the earlier one did.
    if later.bannerStatus != .unknown { contacts.removeAll { $0.source == .banner } }
    if later.donationStatus != .unknown { contacts.removeAll { $0.source == .donationAddress } }
    let earlier = server
    server = later
    fill(from: earlier)
  }

  mutating func take(_ endpoint: Endpoint) {
    endpoints.append(endpoint)
  }

  mutating func take(_ contact: Contact) { contacts.append(contact) }

  mutating func take(_ view: BackendView) {
    node.relayFee = view.relayFee ?? node.relayFee
    node.incrementalRelayFee = view.incrementalRelayFee ?? node.incrementalRelayFee
    node.fullRBF = view.fullRBF ?? node.fullRBF
  }

  mutating func take(_ record: SoftwareRecord) {
    // A scan in which nothing was told is no reason to forget what another told.
    if software == nil || record.status != .insufficient { software = record }
  }

  mutating func take(_ exchange: ExchangeRecord, _ forms: inout ReplyDigests) {
    // What only some servers were asked compares with nothing.
    if !KnownProbes.isConditional(exchange.probe) {
      probes[exchange.probe, default: ProbeTally()].take(exchange, &forms)
    }
    if exchange.outcome == .throttled {
      throttledAfter = min(throttledAfter ?? .max, exchange.sequence)
      throttleCode = exchange.errorCode ?? throttleCode
    }
  }

  /// What the later row does not know is taken from the earlier one.
  private mutating func fill(from earlier: Server) {
    if earlier.outcome.rank < server.outcome.rank { server.outcome = earlier.outcome }
    server.names = Set(server.names).union(earlier.names).sorted()
    server.verifiedNames = Set(server.verifiedNames).union(earlier.verifiedNames).sorted()
    server.registrableDomains = Set(server.registrableDomains).union(earlier.registrableDomains)
      .sorted()
    server.textFacts.hostTemplates = Set(server.textFacts.hostTemplates)
      .union(earlier.textFacts.hostTemplates).sorted()
    server.addresses = Set(server.addresses).union(earlier.addresses).sorted()
    server.networks = Set(server.networks).union(earlier.networks).sorted()
    if server.serverVersionText == nil {
      server.serverVersionText = earlier.serverVersionText
      server.software = earlier.software
      server.softwareVersion = earlier.softwareVersion
    }
    server.protocolMin = server.protocolMin ?? earlier.protocolMin
    server.protocolMax = server.protocolMax ?? earlier.protocolMax
    server.genesisHash = server.genesisHash ?? earlier.genesisHash
    server.pruning = server.pruning ?? earlier.pruning
    if server.tipHeight == nil {
      server.tipHeight = earlier.tipHeight
      server.tipHash = earlier.tipHash
    }
    let firstHeardFrom = server.peerFacts.firstHeardFrom ?? earlier.peerFacts.firstHeardFrom
    if server.peersReturned == nil {
      server.peersReturned = earlier.peersReturned
      server.peerFacts = earlier.peerFacts
    }
    server.peerFacts.firstHeardFrom = firstHeardFrom
    if server.bannerStatus == .unknown {
      server.bannerStatus = earlier.bannerStatus
      server.banner = earlier.banner
      server.textFacts.bannerMaskedSHA256 = earlier.textFacts.bannerMaskedSHA256
    }
    if server.donationStatus == .unknown {
      server.donationStatus = earlier.donationStatus
      server.donationAddress = earlier.donationAddress
    }
    if server.hostsClaimed.isEmpty {
      server.hostsClaimed = earlier.hostsClaimed
      server.hostsPorts = earlier.hostsPorts
    }
    server.protocolMaxListed = server.protocolMaxListed ?? earlier.protocolMaxListed
    server.certificateSHA256s = Set(server.certificateSHA256s).union(earlier.certificateSHA256s)
      .sorted()
    server.spkiSHA256s = Set(server.spkiSHA256s).union(earlier.spkiSHA256s).sorted()
  }
}
