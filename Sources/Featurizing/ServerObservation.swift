import Records

/// What was observed of one server in one epoch.
struct ServerObservation {
  /// The epoch's rows of it put together: the last of each value that is known.
  private(set) var server: Server
  private(set) var scans = 0
  private(set) var scansAnswered = 0
  private(set) var isReached = false
  private(set) var endpoints: [EndpointFacts] = []
  private(set) var software: SoftwareRecord?
  var probes: [String: ProbeTally] = [:]
  /// Fewest requests of an attempt until the server limited us.
  private(set) var throttledAfter: Int?

  /// What of an endpoint becomes a feature.
  struct EndpointFacts: Hashable {
    let network: Network
    let address: String
    let port: Int
    let transport: Transport
    let outcome: Outcome
    let isReached: Bool
    let asn: Int?
    let country: String?
    let advertisers: Int
    let connectMilliseconds: Double?
    let tlsMilliseconds: Double?
    let tlsVersion: String?
    let tlsCipher: String?
  }

  init(_ server: Server) {
    self.server = server
    count(server)
  }

  private mutating func count(_ server: Server) {
    scans += 1
    isReached = isReached || server.reached
    if server.outcome == .answered { scansAnswered += 1 }
  }

  /// Takes in the server's row of a later scan of the epoch.
  mutating func take(_ later: Server) {
    count(later)
    let earlier = server
    server = later
    fill(from: earlier)
  }

  mutating func take(_ endpoint: Endpoint) {
    endpoints.append(
      EndpointFacts(
        network: endpoint.network, address: endpoint.address, port: endpoint.port,
        transport: endpoint.transport, outcome: endpoint.outcome, isReached: endpoint.reached,
        asn: endpoint.asn, country: endpoint.country, advertisers: endpoint.advertisers,
        connectMilliseconds: endpoint.connectMilliseconds,
        tlsMilliseconds: endpoint.tlsMilliseconds, tlsVersion: endpoint.tlsVersion,
        tlsCipher: endpoint.tlsCipher))
  }

  mutating func take(_ record: SoftwareRecord) {
    // A scan in which nothing was told is no reason to forget what another told.
    if software == nil || record.status != .insufficient { software = record }
  }

  mutating func take(_ exchange: ExchangeRecord, _ forms: inout ReplyForms) {
    probes[exchange.probe, default: ProbeTally()].take(exchange, &forms)
    if exchange.outcome == .throttled {
      throttledAfter = min(throttledAfter ?? .max, exchange.sequence)
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
    server.tipHeight = server.tipHeight ?? earlier.tipHeight
    if server.bannerStatus == .unknown {
      server.bannerStatus = earlier.bannerStatus
      server.banner = earlier.banner
      server.textFacts.bannerMaskedSHA256 = earlier.textFacts.bannerMaskedSHA256
    }
    if server.donationStatus == .unknown {
      server.donationStatus = earlier.donationStatus
      server.donationAddress = earlier.donationAddress
    }
    if server.hostsClaimed.isEmpty { server.hostsClaimed = earlier.hostsClaimed }
    server.certificateSHA256s = Set(server.certificateSHA256s).union(earlier.certificateSHA256s)
      .sorted()
    server.spkiSHA256s = Set(server.spkiSHA256s).union(earlier.spkiSHA256s).sorted()
  }
}
