import Records

/// One host of a list, state by state.
struct ListedHost {
  /// Every form in which it was listed.
  private(set) var names: Set<String> = []
  private(set) var ports: Set<String> = []
  private(set) var protocolVersions: Set<String> = []
  private(set) var spells = 0
  private(set) var statesListed = 0
  private(set) var firstScan = ""
  private(set) var lastScan = ""
  private(set) var isFromFirstState = false
  /// Number of the last state that has it, from 1.
  private(set) var lastState = 0
  /// Microseconds since 1970; nil: the state has no time.
  private(set) var firstListedAt: Int?
  private(set) var lastListedAt: Int?
  /// Time of the state by which it had first left.
  private(set) var firstGoneAt: Int?
  /// Time of the state by which it had last left; nil: it is not known to have left since it came.
  private(set) var goneAt: Int?
  private var isListed = false
  private var cameAt: Int?
  private var ended = 0

  /// Takes in what a row of the state says.
  mutating func take(_ row: Advertisement, state: Int) {
    lastState = state
    names.insert(row.host)
    if let port = row.tcpPort { ports.insert("tcp:\(port)") }
    if let port = row.sslPort { ports.insert("ssl:\(port)") }
    // A tuple without a port is not valid, and its version still what was listed.
    let version =
      row.protocolMax
      ?? row.features.first { $0.utf8.first == UInt8(ascii: "v") }.map { String($0.dropFirst()) }
    if let version, !version.isEmpty { protocolVersions.insert(version) }
  }

  /// Ends a state that has it.
  mutating func stay(_ state: ListState) {
    statesListed += 1
    lastScan = state.scan
    lastListedAt = state.time
    if isListed { return }
    if spells == 0 {
      firstScan = state.scan
      firstListedAt = state.time
      isFromFirstState = state.number == 1
    }
    isListed = true
    spells += 1
    cameAt = state.time
    goneAt = nil
  }

  /// Ends a whole state that does not have it.
  mutating func leave(_ state: ListState) {
    guard isListed else { return }
    isListed = false
    goneAt = state.time
    firstGoneAt = firstGoneAt ?? state.time
    ended += Self.span(cameAt, state.time)
  }

  /// Time in the list; meaningless where a state has no time.
  var microsecondsListed: Int { ended + (isListed ? Self.span(cameAt, lastListedAt) : 0) }

  /// Time from the first listing to the leave that counts, or as long as it was seen to be listed.
  func life(_ departure: ListingDeparture) -> (microseconds: Int, isEnded: Bool) {
    let end = departure == .first ? firstGoneAt : goneAt
    return (Self.span(firstListedAt, end ?? lastListedAt), end != nil)
  }

  private static func span(_ start: Int?, _ end: Int?) -> Int {
    guard let start, let end else { return 0 }
    return end - start
  }
}

/// One state of a list: what it was in one scan.
struct ListState {
  /// From 1.
  let number: Int
  let scan: String
  /// When its first row was heard, microseconds since 1970; nil: no row says.
  var time: Int?
  /// False where more tuples were told than `normalize` keeps: who is missing may have been dropped.
  var isWhole = true
}
