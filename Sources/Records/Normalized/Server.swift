public import Artifact

/// One Electrum service: the endpoints that the resolution rules join.
public struct Server: ListedRow, Equatable {
  public static let schema = table(
    "normalized.servers", version: 1, .csv, key: ["server_id"],
    "Every server in the scan, whether reached or only listed.")

  public var serverID = ""
  public var names: [String] = []
  public var verifiedNames: [String] = []
  public var registrableDomains: [String] = []
  public var addresses: [String] = []
  public var networks: [String] = []
  public var endpoints = 0
  public var replicas: Int?
  public var outcome = Outcome.untestedNotApplicable
  public var reached = false
  public var software: String?
  public var softwareVersion: String?
  public var serverVersionText: String?
  public var protocolNegotiated: String?
  public var protocolMin: String?
  public var protocolMax: String?
  public var genesisHash: String?
  public var chain: String?
  public var chainEvidence: ChainEvidence?
  public var pruning: Int?
  public var hostsClaimed: [String] = []
  public var hostsPorts: [String] = []
  public var protocolMaxListed: String?
  public var tipHeight: Int?
  public var tipHash: String?
  public var bannerStatus = ValueStatus.unknown
  public var banner: String?
  public var donationStatus = ValueStatus.unknown
  public var donationAddress: String?
  public var peersReturned: Int?
  public var redacted: [String] = []
  public var certificateSHA256s: [String] = []
  public var spkiSHA256s: [String] = []
  /// Where its address is, by the GeoIP databases.
  public var geography = Geography()
  /// What its names and texts amount to.
  public var textFacts = TextFacts()
  /// What it says of its peers, and who first named it.
  public var peerFacts = PeerFacts()

  public init(
    serverID: String, outcome: Outcome, bannerStatus: ValueStatus, donationStatus: ValueStatus
  ) {
    self.serverID = serverID
    self.outcome = outcome
    self.bannerStatus = bannerStatus
    self.donationStatus = donationStatus
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text(
      "server_id", &serverID,
      "Stable id: `s_` and a hash of the anchor at first sight, carried across scans.")
    try c.texts("names", &names, "Host names by which it is listed or reached.")
    try c.texts(
      "verified_names", &verifiedNames,
      "Those of its names that resolve to one of its addresses or that it claims itself.")
    try c.texts(
      "registrable_domains", &registrableDomains,
      "Registrable domains (Public Suffix List) of the verified names; shared and dynamic-DNS names give none."
    )
    try c.texts("addresses", &addresses, "Addresses of its endpoints.")
    try c.texts("networks", &networks, "Address families of its endpoints.")
    try c.integer("endpoints", &endpoints, "Number of its endpoints.")
    try c.integer(
      "replicas", &replicas,
      "Most addresses of one family that one verified name leads to and that showed one key.",
      nil: "it was not reached")
    try c.word("outcome", &outcome, "Best outcome of its endpoints.")
    try c.boolean("reached", &reached, "True where any of its endpoints was reached.")
    try c.text(
      "software", &software, "Implementation that the server claims.",
      nil: "it did not identify itself")
    try c.text(
      "software_version", &softwareVersion, "Version that the server claims.",
      nil: "it did not identify itself, or names no version")
    try c.text(
      "server_version_text", &serverVersionText,
      "The claim as sent, first element of the reply to server.version.",
      nil: "it did not identify itself")
    try c.text(
      "protocol_negotiated", &protocolNegotiated, "Second element of the reply to server.version.",
      nil: "it did not identify itself")
    try c.text(
      "protocol_min", &protocolMin, "server.features: protocol_min.",
      nil: "the value was not observed")
    try c.text(
      "protocol_max", &protocolMax, "server.features: protocol_max.",
      nil: "the value was not observed")
    try c.text(
      "genesis_hash", &genesisHash, "server.features: genesis_hash, in lower case without `0x`.",
      nil: "the value was not observed, or is no hash")
    try c.text(
      "chain", &chain,
      "Network of the genesis hash: mainnet, testnet3, testnet4, signet, regtest; where a header of mainnet's genesis but not of mainnet was told at height 479,807 or 491,903 (`chain_evidence` header), bitcoin-cash or bitcoin-gold, each with what split from it later.",
      nil: "no genesis hash observed, or one of no known network")
    try c.word(
      "chain_evidence", &chainEvidence,
      "What `chain` rests on; `genesis`: on the genesis hash alone, which forks share (Bitcoin Cash, Bitcoin SV, Bitcoin Gold have mainnet's): no header behind a fork was asked for, as of every server that agrees with the majority's headers; `header`: on the headers at those heights, asked of servers that differ.",
      nil: "the chain is not known")
    try c.integer(
      "pruning", &pruning, "server.features: pruning.", nil: "not observed, or no limit")
    try c.texts(
      "hosts_claimed", &hostsClaimed, "Names and addresses in its own server.features hosts.")
    try c.texts(
      "hosts_ports", &hostsPorts,
      "Ports of these as `transport:port`: tcp, ssl, ws, wss.")
    try c.text(
      "protocol_max_listed", &protocolMaxListed,
      "Highest protocol version in the peer tuples that name its endpoints: the one that most sources tell, the least of several.",
      nil: "no tuple tells one")
    try c.integer(
      "tip_height", &tipHeight, "Height of the last header tip it gave.", unit: "blocks",
      nil: "the value was not observed")
    try c.text("tip_hash", &tipHash, "Hash of that header.", nil: "the value was not observed")
    try c.word("banner_status", &bannerStatus, "Whether a banner was observed.")
    try c.text(
      "banner", &banner, "Banner of the last answer.", nil: "absent or unknown: see banner_status")
    try c.word("donation_status", &donationStatus, "Whether a donation address was observed.")
    try c.text(
      "donation_address", &donationAddress, "Donation address of the last answer.",
      nil: "absent or unknown: see donation_status")
    try c.integer(
      "peers_returned", &peersReturned, "Peers in its last reply to server.peers.subscribe.",
      nil: "the value was not observed")
    try c.texts(
      "redacted", &redacted,
      "Columns in which `[redacted n bytes]` stands for credentials; `normalized.texts` has the digests of exact texts."
    )
    try c.texts(
      "certificate_sha256s", &certificateSHA256s, "Leaf certificates seen on its endpoints.")
    try c.texts("spki_sha256s", &spkiSHA256s, "SHA-256 of the public keys of those certificates.")
    try c.group(&geography)
    try c.group(&textFacts)
    try c.group(&peerFacts)
  }

  public var sortKey: SortKey { .of(serverID) }
}
