import ElectrumProtocol
import Records
import Timekeeping

/// A server's word on the newest block: its height, and the time in its header.
package struct ToldTip: Sendable, Equatable {
  let height: Int
  let hash: String
  /// Seconds since 1970.
  let time: Int
}

/// Whether the machine's clock can be right, by the header times of the tip that most servers name.
///
/// A block's time is at most two hours ahead of the network's (Bitcoin Core, `MAX_FUTURE_BLOCK_TIME`),
/// and blocks come every ten minutes on average: three hours without one happen once in 65 million
/// blocks. Several servers have to agree, for one alone can say anything.
struct ClockCheck: Sendable {
  enum Verdict: String, Sendable {
    /// Within what the tip allows.
    case plausible
    /// The tip lies more than two hours in this clock's future.
    case behind
    /// The tip is more than three hours old by this clock, or the network stood still.
    case ahead
    /// Fewer than three servers agree on a tip.
    case unknown
  }

  private static let longestLead = 2 * 3600
  private static let longestSilence = 3 * 3600
  private static let leastServers = 3
  /// Tips that are told apart; liars can invent any number.
  private static let maximumTips = 10_000

  private var tips: [String: (tip: ToldTip, servers: Int, newestSight: Int)] = [:]

  /// - Parameter startedAt: of the connection, by the clock that is judged.
  mutating func take(_ tip: ToldTip, startedAt: String?) {
    guard let sight = startedAt.flatMap({ UTCTime.microseconds($0) }) else { return }
    guard tips[tip.hash] != nil || tips.count < Self.maximumTips else { return }
    var known = tips[tip.hash] ?? (tip, 0, sight)
    known.servers += 1
    known.newestSight = max(known.newestSight, sight)
    tips[tip.hash] = known
  }

  /// The tip that most servers name; of several the highest, then the smaller hash.
  private var common: (tip: ToldTip, servers: Int, newestSight: Int)? {
    tips.values.max { left, right in
      (left.servers, left.tip.height, right.tip.hash)
        < (right.servers, right.tip.height, left.tip.hash)
    }
  }

  /// By how much the clock is ahead of the common tip's header. Unit: s.
  var secondsAfterTip: Int? {
    guard let common, common.servers >= Self.leastServers else { return nil }
    return common.newestSight / 1_000_000 - common.tip.time
  }

  var verdict: Verdict {
    guard let seconds = secondsAfterTip else { return .unknown }
    if seconds < -Self.longestLead { return .behind }
    return seconds > Self.longestSilence ? .ahead : .plausible
  }

  /// For the manifest. The clock of a simulated network is its own: nothing is said of it there.
  var summary: Observation.Clock {
    var clock = Observation.Clock()
    clock.secondsAfterTip = secondsAfterTip
    clock.servers = common?.servers ?? 0
    clock.verdict = verdict.rawValue
    return clock
  }
}
