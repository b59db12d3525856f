import Ordering
import Records
import Statistics
import Timekeeping

/// The states of one list and the hosts in them. Grows with the hosts, not with the states.
struct ListHistory {
  private var hosts: [String: ListedHost] = [:]
  private var state: ListState?
  private var states = 0
  private var lastTime: Int?
  /// False where a state has no time, or an earlier one than the state before.
  private var isTimed = true
  private var isLastWhole = true

  /// Takes in a row of the scan's state.
  mutating func take(_ row: Advertisement, scan: String) {
    var state = self.state ?? ListState(number: states + 1, scan: scan)
    let heardAt = row.heardAt.flatMap { UTCTime.microseconds($0) }
    state.time = [state.time, heardAt].compactMap { $0 }.min()
    if row.sourceDropped > 0 { state.isWhole = false }
    self.state = state
    hosts[Self.key(row.host), default: ListedHost()].take(row, state: state.number)
  }

  /// Ends the scan's state; a scan without a row of the list tells nothing of it.
  mutating func finishState() {
    guard let state else { return }
    self.state = nil
    states = state.number
    isLastWhole = state.isWhole
    if let time = state.time, time >= lastTime ?? time { lastTime = time } else { isTimed = false }
    for host in hosts.keys {
      if hosts[host]?.lastState == state.number {
        hosts[host]?.stay(state)
      } else if state.isWhole {
        hosts[host]?.leave(state)
      }
    }
  }

  func lifetimes(_ list: ListSource) -> [ListingLifetime] {
    hosts.map { host, listed in
      var row = ListingLifetime(
        sourceKind: list.kind, source: list.name, host: host, firstScan: listed.firstScan,
        lastScan: listed.lastScan
      ).with {
        $0.names = listed.names.sorted()
        $0.onion = host.hasSuffix(".onion")
        $0.ports = listed.ports.sorted()
        $0.protocolVersions = listed.protocolVersions.sorted()
        $0.fromFirstState = listed.isFromFirstState
        $0.statesListed = listed.statesListed
        $0.listStates = states
        $0.spells = listed.spells
      }
      if listed.lastState == states {
        row.stillListed = true
      } else if isLastWhole {
        row.stillListed = false
      }
      if isTimed {
        row.firstListedAt = listed.firstListedAt.map(Self.text)
        row.lastListedAt = listed.lastListedAt.map(Self.text)
        row.firstGoneAt = listed.firstGoneAt.map(Self.text)
        row.goneAt = listed.goneAt.map(Self.text)
        row.daysListed = Self.days(listed.microsecondsListed)
      }
      return row
    }
  }

  /// The curve of each way to count a leave; none where the states have no times.
  func survival(_ list: ListSource) throws(StatisticsError) -> [ListingSurvival] {
    guard isTimed else { return [] }
    var rows: [ListingSurvival] = []
    for departure in ListingDeparture.allCases {
      let subjects = hosts.values.map { host in
        let life = host.life(departure)
        return KaplanMeier.Subject(time: Self.days(life.microseconds), isEnded: life.isEnded)
      }
      for (index, step) in try KaplanMeier(subjects).steps.enumerated() {
        rows.append(
          ListingSurvival(sourceKind: list.kind, source: list.name, departure: departure).with {
            $0.step = index + 1
            $0.days = step.time
            $0.atRisk = step.atRisk
            $0.left = step.ended
            $0.censored = step.censored
            $0.survival = step.survival
            $0.standardError = step.standardError
            $0.low = step.interval?.low
            $0.high = step.interval?.high
          })
      }
    }
    return rows
  }

  private static func days(_ microseconds: Int) -> Double { Double(microseconds) / 86_400_000_000 }

  private static func text(_ microseconds: Int) -> String {
    let second = 1_000_000
    let fraction = (microseconds % second + second) % second
    return UTCTime.text(seconds: (microseconds - fraction) / second, microseconds: fraction)
  }

  /// Names of hosts do not tell capital letters from small ones, which is so of ASCII only.
  private static func key(_ host: String) -> String {
    let capitals = UInt8(ascii: "A")...UInt8(ascii: "Z")
    return String(decoding: host.utf8.map { capitals.contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
  }
}
