import Foundation
import Statistics

/// A statement about the list of servers as a whole, never a condition of a verdict: how many of those
/// that something fired on can be due to chance.
///
/// What is proved is no hypothesis and stays outside.
struct NetworkStatement {
  /// Share of false discoveries that is accepted among what is reported.
  static let falseDiscoveryRate = 0.1

  /// A fired indicator's p-value: its hits on the honest servers of the evaluation, with one added to
  /// both counts, so that no hit seen is no certainty.
  static func pValue(hits: Int, honestServers: Int) -> Double {
    Double(1 + hits) / Double(1 + max(honestServers, hits))
  }

  /// A server's, over the indicators that were observed on it (Bonferroni); 1 where none fired.
  static func pValue(fired: [Double], observed: Int) -> Double {
    fired.min().map { min(1, Double(max(observed, 1)) * $0) } ?? 1
  }

  /// An operator's, over its servers.
  static func pValue(servers: [Double]) -> Double {
    servers.min().map { min(1, Double(servers.count) * $0) } ?? 1
  }

  /// Which are reported.
  static func reported(_ pValues: [Double]) -> [Bool] {
    MultipleTesting.benjaminiHochberg(pValues, rate: falseDiscoveryRate)
  }
}

/// Sellke, Bayarri and Berger (2001): the most that a p-value can say against its hypothesis.
enum EvidenceBound {
  /// ln of the largest Bayes factor, −ln(−e p ln p) for p < 1/e; 0 otherwise. Unit: nats.
  static func nats(pValue p: Double) -> Double {
    guard p < 1 / exp(1) else { return 0 }
    let bounded = max(p, .leastNormalMagnitude)
    return -log(-exp(1) * bounded * log(bounded))
  }
}
