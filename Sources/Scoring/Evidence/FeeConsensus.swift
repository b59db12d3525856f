import Foundation
import Ordering
import Statistics

/// What likely operators estimate for one target.
struct FeeConsensus: Sendable, Equatable {
  /// Weighted median. Unit: sat/vB.
  let median: Double
  /// Of ln(rate), at least the least that is told apart. Unit: nats.
  let spread: Double
  /// The highest estimate of each operator. Unit: sat/vB.
  private let highest: [String: Double]

  /// Operators that estimate it.
  var voters: Int { highest.count }

  /// Operators that must estimate a target before anybody's estimate is far from theirs.
  static let leastVoters = 5
  /// Nodes of one mind differ by a tenth at any rate.
  private static let leastSpread = 0.1
  /// Estimates within this factor are of one mind.
  private static let oneMind = 2.0
  /// Others who are of one mind with an operator for it to be one of a school.
  private static let leastOthers = 2

  /// By target.
  static func all(_ servers: [ScanEvidence]) -> [Int: FeeConsensus] {
    var votes: [Int: OperatorVotes<Double>] = [:]
    var highest: [Int: [String: Double]] = [:]
    for server in servers {
      for fee in server.fees where fee.rate > 0 && fee.rate.isFinite {
        let known = highest[fee.target]?[server.voter] ?? 0
        highest[fee.target, default: [:]][server.voter] = max(known, fee.rate)
        votes[fee.target, default: OperatorVotes()]
          .cast(log(fee.rate), server: server.serverID, operator: server.voter)
      }
    }
    var consensus: [Int: FeeConsensus] = [:]
    for (target, votes) in votes {
      guard votes.total >= leastVoters, let median = votes.median else { continue }
      let deviations = votes.votes.map { (abs($0.value - median), $0.votes) }
      let spread = NormalDistribution.scaledDeviation(weightedMedian(deviations))
      consensus[target] = FeeConsensus(
        median: exp(median), spread: max(leastSpread, spread), highest: highest[target] ?? [:])
    }
    return consensus
  }

  /// How many spreads a rate is above the median.
  func z(_ rate: Double) -> Double { log(rate / median) / spread }

  /// Whether others estimate as much, so that it may be the way of a kind of nodes: those that
  /// estimate conservatively stay at the level of a past rush for hours, and the others do not.
  func isOfASchool(_ rate: Double, voter: String) -> Bool {
    highest.count { $0.key != voter && $0.value * Self.oneMind >= rate } >= Self.leastOthers
  }

  /// The greatest value that half of the weight or more reaches.
  private static func weightedMedian(_ values: [(value: Double, weight: Double)]) -> Double {
    let half = values.reduce(0) { $0 + $1.weight } / 2
    var reaching = 0.0
    for entry in values.sorted(by: { $0.value > $1.value }) {
      reaching += entry.weight
      if reaching >= half { return entry.value }
    }
    return 0
  }
}

extension NormalDistribution {
  /// The median absolute deviation of a sample as an estimate of a normal distribution's standard
  /// deviation.
  static func scaledDeviation(_ median: Double) -> Double { 1.4826 * median }
}
