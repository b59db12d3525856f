/// A server as a wallet meets it.
public struct WalletServer: Sendable, Equatable {
  /// How wallets reach it.
  public enum Route: Sendable, Equatable {
    case ipv4
    /// IPv6 only: wallets without IPv6 fail at once.
    case ipv6
    /// Onion service: wallets without Tor fail at once.
    case onion
  }

  public var route: Route
  /// Number of its /16 (IPv4) or /48 (IPv6) prefix; nil: the rule of one connection a prefix does not
  /// apply to it, as to loopback addresses.
  public var prefix: Int?
  /// Number of its autonomous system; nil: not known, and no policy by systems binds it.
  public var system: Int?
  /// Whether it stands in the wallet's hard-coded list with TLS.
  public var isListed: Bool
  /// Whether a public authority signed its certificate, which saves two round trips on first contact.
  public var hasPublicCertificate: Bool
  /// Chance that it answers in a session, 0…1.
  public var availability: Double
  /// Whether it keeps silent when it does not answer; else it refuses.
  public var isSilentWhenDown: Bool

  public init(
    route: Route = .ipv4, prefix: Int?, system: Int? = nil, isListed: Bool = false,
    hasPublicCertificate: Bool = false, availability: Double = 1, isSilentWhenDown: Bool = false
  ) {
    self.route = route
    self.prefix = prefix
    self.system = system
    self.isListed = isListed
    self.hasPublicCertificate = hasPublicCertificate
    self.availability = availability
    self.isSilentWhenDown = isSilentWhenDown
  }
}

/// Servers, how far they are from wallets, and whom each names when a wallet asks for peers.
public struct WalletNetwork: Sendable {
  /// Wallets at one place.
  public struct Region: Sendable {
    /// Share of all wallets, relative to the other regions'.
    public var weight: Double
    /// Seconds of a round trip to each server, in the order of the servers.
    public var roundTrips: [Double]

    public init(weight: Double = 1, roundTrips: [Double]) {
      self.weight = weight
      self.roundTrips = roundTrips
    }
  }

  public let servers: [WalletServer]
  public let regions: [Region]
  /// Whom a server names to a wallet, by its number; nil: every server.
  public let peers: [[Int]?]
  /// Numbers of the servers in the hard-coded list, ascending.
  public let listed: [Int]

  /// - Throws: when a list has another length than `servers`, a number names no server, a time or chance
  ///   is out of its range, there is no region, or no server is listed.
  public init(
    servers: [WalletServer], regions: [Region], peers: [[Int]?]
  ) throws(WalletExposureError) {
    guard !regions.isEmpty else { throw .noRegion }
    guard peers.count == servers.count else { throw .count("peers", peers.count, servers.count) }
    for region in regions {
      guard region.roundTrips.count == servers.count else {
        throw .count("round trips", region.roundTrips.count, servers.count)
      }
      for (server, seconds) in region.roundTrips.enumerated()
      where !(seconds >= 0 && seconds.isFinite) {
        throw .roundTrip(server: server, seconds)
      }
    }
    for (server, one) in servers.enumerated() where !(0...1).contains(one.availability) {
      throw .availability(server: server, one.availability)
    }
    for (server, named) in peers.enumerated() {
      for peer in named ?? [] where !servers.indices.contains(peer) {
        throw .peer(server: server, peer)
      }
    }
    self.servers = servers
    self.regions = regions
    self.peers = peers
    listed = servers.indices.filter { servers[$0].isListed }
    guard !listed.isEmpty else { throw .nothingListed }
  }
}

/// A network or wallet that cannot be simulated.
public enum WalletExposureError: Error, Equatable, Sendable, CustomStringConvertible {
  case noRegion
  case nothingListed
  case count(String, Int, Int)
  case roundTrip(server: Int, Double)
  case availability(server: Int, Double)
  case peer(server: Int, Int)
  case groups(Int, Int)

  public var description: String {
    switch self {
    case .noRegion: "no region of wallets is given"
    case .nothingListed: "no server is in the hard-coded list; a wallet starts with one"
    case .count(let what, let found, let expected):
      "\(found) \(what); expected one for each of \(expected) servers"
    case .roundTrip(let server, let seconds):
      "round trip of server \(server) is \(seconds) s; expected a finite time of 0 or more"
    case .availability(let server, let chance):
      "availability of server \(server) is \(chance); expected 0 to 1"
    case .peer(let server, let peer): "server \(server) names peer \(peer), which does not exist"
    case .groups(let found, let expected):
      "\(found) groups; expected one for each of \(expected) servers"
    }
  }
}
