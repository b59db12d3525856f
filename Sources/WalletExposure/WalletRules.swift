/// How the wallet chooses its servers: the rules of Electrum 4.3.4 as they were observed on the running
/// client, and the changes of them whose effect is asked for.
///
/// The defaults are the client's. Electrum 4.8.1 takes one more round trip with a certificate on file.
public struct WalletRules: Sendable {
  /// Who becomes the main server, which is told the wallet's addresses.
  public enum MainChoice: Sendable, Equatable {
    /// The server drawn at the start if it is ready in time; else whoever holds the chain by then.
    case race
    /// Always the drawn one while it answers.
    case defaultDraw
    /// The main server of the session before while it answers; at first the drawn one.
    case persistent
  }

  /// What two connections may not have in common.
  public enum Spread: Sendable, Equatable {
    /// The client's rule: one connection a /16 (IPv4) or /48 (IPv6), onions apart.
    case prefix
    /// One connection an autonomous system.
    case system
  }

  public var mainChoice = MainChoice.race
  public var spread = Spread.prefix
  /// Connections that the client holds.
  public var connections = 10
  /// Connections among recently used servers below which these are tried first.
  public var sticky = 4
  /// Recently used servers that are remembered.
  public var remembered = 20
  /// Peers of the main server that are taken beyond as many as the list has.
  public var peersBeyondList = 20
  /// Onion services connected beyond which no further one is accepted.
  public var onions = 5
  /// Seconds between passes that fill free places.
  public var passSeconds = 0.1
  /// Seconds from the dial of the drawn server to the first pass.
  public var headSeconds = 0.045
  /// Seconds after which a silent server is given up.
  public var timeoutSeconds = 30.0
  /// Seconds until a server may be dialled again: doubled by each failure, at most `retryMost`.
  public var retrySeconds = 15.0
  public var retryMost = 600.0
  /// Work of the one client thread.
  public var work = ClientWork()
  /// Round trips with a certificate on file before the version is asked for.
  public var tripsOnFile = 2
  /// Seconds that a chunk of 2,016 headers takes beyond its round trip.
  public var chunkSeconds = 0.2
  /// Connections that are lost in a session after it has settled, each a random one of those that stand.
  public var losses = 0
  /// Seconds that a session settles, and seconds between two losses.
  public var settleSeconds = 20.0
  public var lossSeconds = 60.0

  public init() {}

  /// Round trips that the first ready server needs for the headers of new blocks, and how many of the last of
  /// them are chunks.
  ///
  /// None for one block or none, which came with the tip; one a block up to 12; beyond, two for the first
  /// chunk of 2,016 and one for each further one.
  public func headerTrips(newBlocks: Int) -> (trips: Int, chunks: Int) {
    if newBlocks <= 1 { return (0, 0) }
    if newBlocks <= 12 { return (newBlocks, 0) }
    let chunks = (newBlocks + 2015) / 2016
    return (1 + chunks, chunks)
  }
}

/// Seconds of work that the client's only thread does for a connection, in which nothing else advances.
public struct ClientWork: Sendable, Equatable {
  /// Loads the list of public authorities, at each dial.
  public var load = 0.030
  /// Prepares the fetch of a certificate.
  public var fetch = 0.002
  /// Stores the certificate and makes a context of it.
  public var pin = 0.003
  /// Reads a reply.
  public var reply = 0.0015
  /// Checks a header and writes it to the disk.
  public var header = 0.005
  /// Checks a chunk of headers and writes it.
  public var chunk = 0.030
  /// Greatest part by which each piece of work takes longer, uniform.
  public var jitter = 0.2

  public init() {}
}

/// What a wallet's folder keeps between sessions.
public struct WalletMemory: Sendable, Equatable {
  /// Recently used servers, the latest first.
  public var recent: [Int] = []
  /// Whether the certificate of a server is on file, by its number.
  public var onFile: [Bool]
  /// Main server of the last session.
  public var main: Int?
  /// Main server that the owner has fixed.
  public var fixed: Int?

  public init(servers: Int) { onFile = [Bool](repeating: false, count: servers) }
}

/// Who chooses the main server.
public enum WalletHabit: Sendable, Equatable {
  /// The program does, as it comes.
  case automatic
  /// The owner has fixed it; the other connections are the program's choice.
  case fixedServer
  /// The owner has fixed it and allows no other connection.
  case oneServer
}

/// What a wallet's owner has, and where it starts.
public struct WalletPlace: Sendable, Equatable {
  public var region: Int
  public var usesTor: Bool
  public var hasIPv6: Bool
  /// Seconds that Tor adds to a round trip.
  public var torSeconds: Double
  public var habit = WalletHabit.automatic

  public init(
    region: Int = 0, usesTor: Bool = false, hasIPv6: Bool = true, torSeconds: Double = 0.35
  ) {
    self.region = region
    self.usesTor = usesTor
    self.hasIPv6 = hasIPv6
    self.torSeconds = torSeconds
  }
}
