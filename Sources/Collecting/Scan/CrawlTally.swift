package import Records

/// How far a crawl is.
package struct CrawlTally: Sendable, Equatable {
  /// Endpoints of one family and transport.
  package struct Kind: Sendable, Hashable, Comparable {
    package let network: AddressFamily
    package let transport: Transport

    package static func < (left: Kind, right: Kind) -> Bool {
      (left.network.rawValue, left.transport.rawValue)
        < (right.network.rawValue, right.transport.rawValue)
    }
  }

  /// Endpoints known.
  package var frontier = 0
  /// Connections begun.
  package var connected = 0
  /// Connections under way.
  package var active = 0
  /// Estimate; nil: not known yet.
  package var secondsLeft: Int?
  /// Attempts ended and endpoints left untested.
  package private(set) var byKind: [Kind: [Outcome: Int]] = [:]

  package init() {}

  package var outcomes: [Outcome: Int] {
    byKind.values.reduce(into: [:]) { sum, one in sum.merge(one, uniquingKeysWith: +) }
  }

  package var ended: Int { count { _ in true } }

  package mutating func count(_ connection: Connection) {
    count(connection.outcome, connection.network, connection.transport)
  }

  package mutating func count(_ outcome: Outcome, _ network: AddressFamily, _ transport: Transport)
  {
    byKind[Kind(network: network, transport: transport), default: [:]][outcome, default: 0] += 1
  }

  /// For people, behind the number of endpoints that are done.
  var text: String {
    let refused = count { $0 == .connectRefused || $0 == .socksRefused }
    let throttled = count { $0 == .throttled }
    let answered = count { $0 == .answered }
    let left = secondsLeft.map { ", about \($0) s left" } ?? ""
    return "of \(frontier) known, \(active) under way, \(answered) answered, "
      + "\(throttled) throttled, \(refused) refused\(left)"
  }

  func count(where isCounted: (Outcome) -> Bool) -> Int {
    byKind.values.reduce(0) { sum, outcomes in
      sum + outcomes.reduce(0) { $0 + (isCounted($1.key) ? $1.value : 0) }
    }
  }
}

/// How long a crawl will still take, from what its connections took so far.
struct CrawlPace {
  private var connections = 0
  private var microseconds = 0
  private var lastEstimate: (at: ContinuousClock.Instant, seconds: Int?)?

  mutating func ended(_ duration: Int) {
    connections += 1
    microseconds += duration
  }

  /// The longer of two bounds: the longest chain alone, and all of them side by side. Worked out once a
  /// second at most.
  mutating func secondsLeft(
    _ chains: some Sequence<Int>, concurrency: Int, pause: Duration
  ) -> Int? {
    let now = ContinuousClock.now
    if let last = lastEstimate, now - last.at < .seconds(1) { return last.seconds }
    var seconds: Int?
    if connections > 0 {
      let mean = Double(microseconds) / Double(connections) / 1e6
      let wait = Double(pause.components.seconds) + Double(pause.components.attoseconds) * 1e-18
      let (longest, all) = chains.reduce(into: (0, 0)) { sums, count in
        sums.0 = max(sums.0, count)
        sums.1 += count
      }
      let alone = Double(longest) * (mean + wait)
      seconds = Int(max(alone, Double(all) * mean / Double(max(1, concurrency))).rounded(.up))
    }
    lastEstimate = (now, seconds)
    return seconds
  }
}
