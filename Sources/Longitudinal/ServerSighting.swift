import Addressing
import Ordering
public import Records

/// What one scan shows of one server, as far as a series needs it.
public struct ServerSighting: Sendable {
  /// An implementation and its version, as claimed.
  public struct Claim: Sendable, Hashable {
    public let text: String
    public let software: String
    /// Empty: the claim names none.
    public let version: String

    public init(text: String, software: String, version: String) {
      self.text = text
      self.software = software
      self.version = version
    }
  }

  public let serverID: String
  public let state: Liveness
  /// Outcome of the endpoint for which the state is unknown.
  public let unknownReason: Outcome?
  /// True where a connection to any endpoint was attempted.
  public let isTried: Bool
  /// nil: it did not identify itself.
  public let claim: Claim?
  /// Families of the endpoints that were tried.
  public let families: Set<AddressFamily>
  /// The one autonomous system of all endpoints tried. nil: not known, or several.
  public let system: Int?
  /// Where it is in the network, for telling one failure from many: its autonomous system, else the
  /// /16 or /32 of an address, else itself.
  public let place: String
  /// What servers of one owner have in common and strangers seldom: keys, registrable domains,
  /// prefixes of addresses.
  let ownerMarks: Set<String>
  /// Leaf certificate by endpoint.
  let leaves: [String: String]
  /// Addresses at which it was reached, by family.
  let addresses: [AddressFamily: Set<String>]

  /// - Parameter endpoints: those of the server, in any order.
  public init(_ server: Server, endpoints: [Endpoint]) {
    let outcomes = endpoints.isEmpty ? [server.outcome] : endpoints.map(\.outcome)
    let isReached = server.reached || endpoints.contains(where: \.reached)
    let judgement = LivenessJudgement(outcomes: outcomes, isReached: isReached)
    let tried = endpoints.filter(\.tested)
    serverID = server.serverID
    state = judgement.state
    unknownReason = judgement.reason
    isTried = isReached || !tried.isEmpty || outcomes.contains(where: \.isTested)
    claim = server.serverVersionText.map {
      Claim(text: $0, software: server.software ?? "", version: server.softwareVersion ?? "")
    }
    families = Set(tried.map(\.network)).subtracting([.unresolved])
    let systems = Set(tried.map(\.geography.asn))
    system = systems.count == 1 ? systems.first ?? nil : nil
    place =
      tried.compactMap { Self.place(of: $0) }.min() ?? server.serverID
    ownerMarks = Self.ownerMarks(server, endpoints)
    var leaves: [String: String] = [:]
    var addresses: [AddressFamily: Set<String>] = [:]
    for endpoint in endpoints {
      endpoint.certificateSHA256.map { leaves[endpoint.endpointID] = $0 }
      if endpoint.reached, !endpoint.address.isEmpty {
        addresses[endpoint.network, default: []].insert(endpoint.address)
      }
    }
    self.leaves = leaves
    self.addresses = addresses
  }

  /// True where it was not dealt with because the scan ended early.
  var isCutShort: Bool {
    unknownReason.map { LivenessJudgement.cutShort.contains($0) || $0 == .untestedSkipped } ?? false
  }

  private static func ownerMarks(_ server: Server, _ endpoints: [Endpoint]) -> Set<String> {
    let prefixes = Set(endpoints.map(\.address)).compactMap { IPAddress($0) }.map { address in
      "prefix " + address.prefix(address.isIPv4 ? 24 : 48)
    }
    return Set(
      prefixes + server.spkiSHA256s.map { "key " + $0 }
        + server.registrableDomains.map { "domain " + $0 })
  }

  private static func place(of endpoint: Endpoint) -> String? {
    if let asn = endpoint.geography.asn { return "AS\(asn)" }
    return IPAddress(endpoint.address).map { $0.prefix($0.isIPv4 ? 16 : 32) }
  }
}

/// One scan, as far as a series needs it.
public struct ScanSighting: Sendable {
  public let scan: String
  public let moment: ScanMoment
  /// True where the scan says, or endpoints show, that it ended before it was done.
  public let isCutShort: Bool
  /// By server id.
  public let servers: [ServerSighting]

  /// - Parameters:
  ///   - isComplete: what the scan says of itself. nil: nothing.
  ///   - servers: in any order.
  ///   - endpoints: of all servers, in any order.
  public init(scan: String, isComplete: Bool? = nil, servers: [Server], endpoints: [Endpoint]) {
    self.scan = scan
    moment = ScanMoment(scan: scan)
    isCutShort =
      isComplete == false
      || endpoints.contains { LivenessJudgement.cutShort.contains($0.outcome) }
    let own = Dictionary(grouping: endpoints, by: \.serverID)
    self.servers =
      servers
      .map { ServerSighting($0, endpoints: own[$0.serverID] ?? []) }
      .sorted { $0.serverID < $1.serverID }
  }
}
