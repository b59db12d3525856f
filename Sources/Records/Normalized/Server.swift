public import Artifact

/// One Electrum service: the endpoints that the resolution rules join.
public struct Server: ArtifactRow, Equatable {
  /// Stable id: `s_` and a hash of the anchor at first sight, carried across scans.
  public var serverID: String
  /// Host names by which it is listed or reached.
  public var names: [String]
  /// Those of its names that resolve to one of its addresses or that it claims itself.
  public var verifiedNames: [String]
  /// Registrable domains (Public Suffix List) of the verified names; shared and dynamic-DNS names give none.
  public var registrableDomains: [String]
  /// Addresses of its endpoints.
  public var addresses: [String]
  /// Address families of its endpoints.
  public var networks: [String]
  /// Number of its endpoints.
  public var endpoints: Int
  /// Most addresses of one family that one verified name leads to and that showed one key. nil: it was not reached.
  public var replicas: Int?
  /// Best outcome of its endpoints.
  public var outcome: Outcome
  /// True where any of its endpoints was reached.
  public var reached: Bool
  /// Implementation that the server claims. nil: it did not identify itself.
  public var software: String?
  /// Version that the server claims. nil: it did not identify itself, or names no version.
  public var softwareVersion: String?
  /// The claim as sent, first element of the reply to server.version. nil: it did not identify itself.
  public var serverVersionText: String?
  /// Second element of the reply to server.version. nil: it did not identify itself.
  public var protocolNegotiated: String?
  /// server.features: protocol_min. nil: the value was not observed.
  public var protocolMin: String?
  /// server.features: protocol_max. nil: the value was not observed.
  public var protocolMax: String?
  /// server.features: genesis_hash. nil: the value was not observed.
  public var genesisHash: String?
  /// Network of the genesis hash: mainnet, testnet3, testnet4, signet, regtest. nil: no genesis hash observed, or one of no known network.
  public var chain: String?
  /// server.features: pruning. nil: not observed, or no limit.
  public var pruning: Int?
  /// Names and addresses in its own server.features hosts.
  public var hostsClaimed: [String]
  /// Height of the last header tip it gave. Unit: blocks. nil: the value was not observed.
  public var tipHeight: Int?
  /// Hash of that header. nil: the value was not observed.
  public var tipHash: String?
  /// Whether a banner was observed.
  public var bannerStatus: ValueStatus
  /// Banner of the last answer. nil: absent or unknown: see banner_status.
  public var banner: String?
  /// Whether a donation address was observed.
  public var donationStatus: ValueStatus
  /// Donation address of the last answer. nil: absent or unknown: see donation_status.
  public var donationAddress: String?
  /// Peers in its last reply to server.peers.subscribe. nil: the value was not observed.
  public var peersReturned: Int?
  /// Leaf certificates seen on its endpoints.
  public var certificateSHA256s: [String]
  /// SHA-256 of the public keys of those certificates.
  public var spkiSHA256s: [String]
  /// ISO 3166-1 alpha-2 country of the address. nil: no GeoIP database names one.
  public var country: String?
  /// Autonomous system number of the address. nil: no GeoIP database names one.
  public var asn: Int?
  /// Organisation of the autonomous system. nil: no GeoIP database names one.
  public var asName: String?
  /// Latitude, WGS 84. Unit: degrees north. nil: no location is known.
  public var latitude: Double?
  /// Longitude, WGS 84. Unit: degrees east. nil: no location is known.
  public var longitude: Double?
  /// Where the coordinates come from. nil: no location is known.
  public var locationPrecision: LocationPrecision?
  /// What its names and texts amount to.
  public var textFacts: TextFacts
  /// What it says of its peers, and who first named it.
  public var peerFacts: PeerFacts

  public init(
    serverID: String, names: [String] = [], verifiedNames: [String] = [],
    registrableDomains: [String] = [], addresses: [String] = [], networks: [String] = [],
    endpoints: Int, replicas: Int? = nil, outcome: Outcome, reached: Bool,
    software: String? = nil,
    softwareVersion: String? = nil, serverVersionText: String? = nil,
    protocolNegotiated: String? = nil, protocolMin: String? = nil, protocolMax: String? = nil,
    genesisHash: String? = nil, chain: String? = nil, pruning: Int? = nil,
    hostsClaimed: [String] = [], tipHeight: Int? = nil, tipHash: String? = nil,
    bannerStatus: ValueStatus, banner: String? = nil, donationStatus: ValueStatus,
    donationAddress: String? = nil, peersReturned: Int? = nil, certificateSHA256s: [String] = [],
    spkiSHA256s: [String] = [], country: String? = nil, asn: Int? = nil, asName: String? = nil,
    latitude: Double? = nil, longitude: Double? = nil, locationPrecision: LocationPrecision? = nil,
    textFacts: TextFacts = TextFacts(), peerFacts: PeerFacts = PeerFacts()
  ) {
    self.serverID = serverID
    self.names = names
    self.verifiedNames = verifiedNames
    self.registrableDomains = registrableDomains
    self.addresses = addresses
    self.networks = networks
    self.endpoints = endpoints
    self.replicas = replicas
    self.outcome = outcome
    self.reached = reached
    self.software = software
    self.softwareVersion = softwareVersion
    self.serverVersionText = serverVersionText
    self.protocolNegotiated = protocolNegotiated
    self.protocolMin = protocolMin
    self.protocolMax = protocolMax
    self.genesisHash = genesisHash
    self.chain = chain
    self.pruning = pruning
    self.hostsClaimed = hostsClaimed
    self.tipHeight = tipHeight
    self.tipHash = tipHash
    self.bannerStatus = bannerStatus
    self.banner = banner
    self.donationStatus = donationStatus
    self.donationAddress = donationAddress
    self.peersReturned = peersReturned
    self.certificateSHA256s = certificateSHA256s
    self.spkiSHA256s = spkiSHA256s
    self.country = country
    self.asn = asn
    self.asName = asName
    self.latitude = latitude
    self.longitude = longitude
    self.locationPrecision = locationPrecision
    self.textFacts = textFacts
    self.peerFacts = peerFacts
  }
}

extension Server {
  static let columns: [Column] = ownColumns + TextFacts.columns + PeerFacts.columns

  private static let ownColumns: [Column] = [
    Column(
      "server_id", .text,
      "Stable id: `s_` and a hash of the anchor at first sight, carried across scans."),
    Column("names", .texts, "Host names by which it is listed or reached."),
    Column(
      "verified_names", .texts,
      "Those of its names that resolve to one of its addresses or that it claims itself."),
    Column(
      "registrable_domains", .texts,
      "Registrable domains (Public Suffix List) of the verified names; shared and dynamic-DNS names give none."
    ),
    Column("addresses", .texts, "Addresses of its endpoints."),
    Column("networks", .texts, "Address families of its endpoints."),
    Column("endpoints", .integer, "Number of its endpoints."),
    Column(
      "replicas", .integer,
      "Most addresses of one family that one verified name leads to and that showed one key.",
      empty: "it was not reached"),
    Column("outcome", .word(Outcome.words), "Best outcome of its endpoints."),
    Column("reached", .boolean, "True where any of its endpoints was reached."),
    Column(
      "software", .text, "Implementation that the server claims.",
      empty: "it did not identify itself"),
    Column(
      "software_version", .text, "Version that the server claims.",
      empty: "it did not identify itself, or names no version"),
    Column(
      "server_version_text", .text,
      "The claim as sent, first element of the reply to server.version.",
      empty: "it did not identify itself"),
    Column(
      "protocol_negotiated", .text, "Second element of the reply to server.version.",
      empty: "it did not identify itself"),
    Column(
      "protocol_min", .text, "server.features: protocol_min.", empty: "the value was not observed"),
    Column(
      "protocol_max", .text, "server.features: protocol_max.", empty: "the value was not observed"),
    Column(
      "genesis_hash", .text, "server.features: genesis_hash.", empty: "the value was not observed"),
    Column(
      "chain", .text, "Network of the genesis hash: mainnet, testnet3, testnet4, signet, regtest.",
      empty: "no genesis hash observed, or one of no known network"),
    Column("pruning", .integer, "server.features: pruning.", empty: "not observed, or no limit"),
    Column("hosts_claimed", .texts, "Names and addresses in its own server.features hosts."),
    Column(
      "tip_height", .integer, "Height of the last header tip it gave.", unit: "blocks",
      empty: "the value was not observed"),
    Column("tip_hash", .text, "Hash of that header.", empty: "the value was not observed"),
    Column("banner_status", .word(ValueStatus.words), "Whether a banner was observed."),
    Column(
      "banner", .text, "Banner of the last answer.", empty: "absent or unknown: see banner_status"),
    Column("donation_status", .word(ValueStatus.words), "Whether a donation address was observed."),
    Column(
      "donation_address", .text, "Donation address of the last answer.",
      empty: "absent or unknown: see donation_status"),
    Column(
      "peers_returned", .integer, "Peers in its last reply to server.peers.subscribe.",
      empty: "the value was not observed"),
    Column("certificate_sha256s", .texts, "Leaf certificates seen on its endpoints."),
    Column("spki_sha256s", .texts, "SHA-256 of the public keys of those certificates."),
    Column(
      "country", .text, "ISO 3166-1 alpha-2 country of the address.",
      empty: "no GeoIP database names one"),
    Column(
      "asn", .integer, "Autonomous system number of the address.",
      empty: "no GeoIP database names one"),
    Column(
      "as_name", .text, "Organisation of the autonomous system.",
      empty: "no GeoIP database names one"),
    Column(
      "latitude", .number(significantDigits: 6), "Latitude, WGS 84.", unit: "degrees north",
      empty: "no location is known"),
    Column(
      "longitude", .number(significantDigits: 6), "Longitude, WGS 84.", unit: "degrees east",
      empty: "no location is known"),
    Column(
      "location_precision", .word(LocationPrecision.words), "Where the coordinates come from.",
      empty: "no location is known"),
  ]

  public static let schema = ArtifactSchema(
    id: "normalized.servers", version: 1, encoding: .csv, key: ["server_id"],
    summary: "Every server in the scan, whether reached or only listed.", columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(serverID)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("server_id", serverID)
    encoder.texts("names", names)
    encoder.texts("verified_names", verifiedNames)
    encoder.texts("registrable_domains", registrableDomains)
    encoder.texts("addresses", addresses)
    encoder.texts("networks", networks)
    encoder.integer("endpoints", endpoints)
    encoder.integer("replicas", replicas)
    encoder.text("outcome", outcome.rawValue)
    encoder.boolean("reached", reached)
    encoder.text("software", software)
    encoder.text("software_version", softwareVersion)
    encoder.text("server_version_text", serverVersionText)
    encoder.text("protocol_negotiated", protocolNegotiated)
    encoder.text("protocol_min", protocolMin)
    encoder.text("protocol_max", protocolMax)
    encoder.text("genesis_hash", genesisHash)
    encoder.text("chain", chain)
    encoder.integer("pruning", pruning)
    encoder.texts("hosts_claimed", hostsClaimed)
    encoder.integer("tip_height", tipHeight)
    encoder.text("tip_hash", tipHash)
    encoder.text("banner_status", bannerStatus.rawValue)
    encoder.text("banner", banner)
    encoder.text("donation_status", donationStatus.rawValue)
    encoder.text("donation_address", donationAddress)
    encoder.integer("peers_returned", peersReturned)
    encoder.texts("certificate_sha256s", certificateSHA256s)
    encoder.texts("spki_sha256s", spkiSHA256s)
    encoder.text("country", country)
    encoder.integer("asn", asn)
    encoder.text("as_name", asName)
    encoder.number("latitude", latitude, significantDigits: 6)
    encoder.number("longitude", longitude, significantDigits: 6)
    encoder.text("location_precision", locationPrecision?.rawValue)
    textFacts.encode(to: &encoder)
    peerFacts.encode(to: &encoder)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    serverID = try decoder.text("server_id")
    names = try decoder.texts("names")
    verifiedNames = try decoder.texts("verified_names")
    registrableDomains = try decoder.texts("registrable_domains")
    addresses = try decoder.texts("addresses")
    networks = try decoder.texts("networks")
    endpoints = try decoder.integer("endpoints")
    replicas = try decoder.optionalInteger("replicas")
    outcome = try decoder.word("outcome", Outcome.self)
    reached = try decoder.boolean("reached")
    software = try decoder.optionalText("software")
    softwareVersion = try decoder.optionalText("software_version")
    serverVersionText = try decoder.optionalText("server_version_text")
    protocolNegotiated = try decoder.optionalText("protocol_negotiated")
    protocolMin = try decoder.optionalText("protocol_min")
    protocolMax = try decoder.optionalText("protocol_max")
    genesisHash = try decoder.optionalText("genesis_hash")
    chain = try decoder.optionalText("chain")
    pruning = try decoder.optionalInteger("pruning")
    hostsClaimed = try decoder.texts("hosts_claimed")
    tipHeight = try decoder.optionalInteger("tip_height")
    tipHash = try decoder.optionalText("tip_hash")
    bannerStatus = try decoder.word("banner_status", ValueStatus.self)
    banner = try decoder.optionalText("banner")
    donationStatus = try decoder.word("donation_status", ValueStatus.self)
    donationAddress = try decoder.optionalText("donation_address")
    peersReturned = try decoder.optionalInteger("peers_returned")
    certificateSHA256s = try decoder.texts("certificate_sha256s")
    spkiSHA256s = try decoder.texts("spki_sha256s")
    country = try decoder.optionalText("country")
    asn = try decoder.optionalInteger("asn")
    asName = try decoder.optionalText("as_name")
    latitude = try decoder.optionalNumber("latitude")
    longitude = try decoder.optionalNumber("longitude")
    locationPrecision = try decoder.optionalWord("location_precision", LocationPrecision.self)
    textFacts = try TextFacts(from: &decoder)
    peerFacts = try PeerFacts(from: &decoder)
  }
}
