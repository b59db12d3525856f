/// What simulated wallets met: for each session its main servers and all that were ready, by number.
///
/// Sessions stand in the order of wallets and, within one, of time.
public struct WalletMeetings: Sendable, Equatable {
  public let servers: Int
  public let wallets: Int
  public let sessions: Int
  /// Numbers of servers of all sessions: of each first its main servers in their order, then the others met.
  var numbers: [Int32] = []
  /// Where a session's numbers end.
  var ends: [Int32] = []
  /// How many of them are main servers.
  var mains: [Int32] = []

  init(servers: Int, wallets: Int, sessions: Int) {
    self.servers = servers
    self.wallets = wallets
    self.sessions = sessions
  }

  mutating func append(mains: [Int], met: [Int]) {
    let start = numbers.count
    for server in mains { numbers.append(Int32(server)) }
    for server in met where !mains.contains(server) {
      // Who was lost and met again is met once.
      if !numbers[start...].contains(Int32(server)) { numbers.append(Int32(server)) }
    }
    ends.append(Int32(numbers.count))
    self.mains.append(Int32(mains.count))
  }

  mutating func append(_ other: WalletMeetings) {
    let offset = Int32(numbers.count)
    numbers += other.numbers
    ends += other.ends.map { $0 + offset }
    mains += other.mains
  }

  /// What each group of servers meets.
  /// - Parameter groups: number of the group of each server, from 0.
  public func encounters(of groups: [Int]) throws(WalletExposureError) -> [GroupEncounters] {
    guard groups.count == servers else { throw .groups(groups.count, servers) }
    var tally = EncounterTally(groups: (groups.max() ?? -1) + 1, sessions: sessions)
    var start = 0
    for session in ends.indices {
      let end = Int(ends[session])
      let firstOther = start + Int(mains[session])
      if session % sessions == 0 { tally.beginWallet() }
      tally.beginSession()
      for index in start..<end {
        tally.meet(
          groups[Int(numbers[index])], session: session % sessions, isMain: index < firstOther,
          isFirstMain: index == start && index < firstOther)
      }
      start = end
    }
    return tally.encounters(wallets: wallets)
  }
}

/// How often one group of servers is met.
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
}

/// Counts by group, each group once a session.
private struct EncounterTally {
  private var encounters: [GroupEncounters]
  /// The session, counted over all wallets, in which a group was met last.
  private var metAt: [Int]
  private var seenBy: [Int]
  private var session = 0
  private var wallet = 0

  init(groups: Int, sessions: Int) {
    encounters = [GroupEncounters](repeating: GroupEncounters(sessions: sessions), count: groups)
    metAt = [Int](repeating: 0, count: groups)
    seenBy = [Int](repeating: 0, count: groups)
  }

  mutating func beginWallet() { wallet += 1 }
  mutating func beginSession() { session += 1 }

  mutating func meet(_ group: Int, session place: Int, isMain: Bool, isFirstMain: Bool) {
    if isFirstMain {
      if place == 0 { encounters[group].mainFirst += 1 } else { encounters[group].mainLater += 1 }
    }
    if isMain, seenBy[group] != wallet {
      seenBy[group] = wallet
      encounters[group].firstSeen[place] += 1
    }
    guard metAt[group] != session else { return }
    metAt[group] = session
    if place == 0 {
      encounters[group].connectedFirst += 1
    } else {
      encounters[group].connectedLater += 1
    }
  }

  func encounters(wallets: Int) -> [GroupEncounters] {
    encounters.map {
      var result = $0
      result.wallets = wallets
      return result
    }
  }
}
