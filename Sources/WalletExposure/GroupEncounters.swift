/// How often one group of servers is met by simulated wallets.
public struct GroupEncounters: Sendable, Equatable {
  /// First sessions whose first main server is of the group.
  public var mainFirst = 0
  /// Later sessions of which it is.
  public var mainLater = 0
  /// First sessions that connect to one of its servers.
  public var connectedFirst = 0
  public var connectedLater = 0
  /// Wallets of which one of its servers was a main server in session `n` for the first time, by n from 0.
  public var firstSeen: [Int]
  public var wallets = 0

  public init(sessions: Int) { firstSeen = [Int](repeating: 0, count: sessions) }

  public var sessions: Int { firstSeen.count }

  /// Wallets that were seen within so many sessions: S(n) as a count.
  public func seen(within sessions: Int) -> Int { firstSeen.prefix(sessions).reduce(0, +) }

  /// Sessions until a share of all wallets was seen; nil: fewer were in all of them.
  public func sessions(untilSeen share: Double) -> Int? {
    var seen = 0
    for (session, count) in firstSeen.enumerated() {
      seen += count
      if Double(seen) >= share * Double(wallets) { return session + 1 }
    }
    return nil
  }

  mutating func add(_ other: GroupEncounters) {
    mainFirst += other.mainFirst
    mainLater += other.mainLater
    connectedFirst += other.connectedFirst
    connectedLater += other.connectedLater
    for session in firstSeen.indices { firstSeen[session] += other.firstSeen[session] }
  }
}

/// Counts what one thread plays, by the groups of one partition of the servers: a session leaves numbers and
/// no rows, so that memory does not grow with the wallets.
struct EncounterTally {
  /// Number of the group of each server.
  private let groups: [Int]
  private(set) var encounters: [GroupEncounters]
  /// The session, counted over all wallets, in which a group was met last.
  private var metAt: [Int]
  private var seenBy: [Int]
  private var session = 0
  private var wallet = 0

  init(_ groups: [Int], sessions: Int) {
    self.groups = groups
    let count = (groups.max() ?? -1) + 1
    encounters = [GroupEncounters](repeating: GroupEncounters(sessions: sessions), count: count)
    metAt = [Int](repeating: 0, count: count)
    seenBy = [Int](repeating: 0, count: count)
  }

  mutating func beginWallet() { wallet += 1 }

  /// - Parameters:
  ///   - place: number of the session among the wallet's, from 0.
  ///   - mains: main servers in their order.
  ///   - met: all that were ready, main servers among them; who was lost and met again may be there twice.
  mutating func count(session place: Int, mains: [Int], met: [Int]) {
    session += 1
    if let first = mains.first {
      if place == 0 {
        encounters[groups[first]].mainFirst += 1
      } else {
        encounters[groups[first]].mainLater += 1
      }
    }
    for server in mains where seenBy[groups[server]] != wallet {
      seenBy[groups[server]] = wallet
      encounters[groups[server]].firstSeen[place] += 1
    }
    for server in met where metAt[groups[server]] != session {
      metAt[groups[server]] = session
      if place == 0 {
        encounters[groups[server]].connectedFirst += 1
      } else {
        encounters[groups[server]].connectedLater += 1
      }
    }
  }
}
