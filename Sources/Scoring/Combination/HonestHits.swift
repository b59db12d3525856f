/// How often indicators fired on honest servers of the evaluation.
///
/// Data, written anew where the evaluation is run: article Deviation-Score, section “What honest servers
/// do”. A rule that is not named never fired.
enum HonestHits {
  /// Servers of the 100 honest networks of `make evaluate`, one scan each with the full plan.
  static let servers = 29_489

  static let hits: [String: Int] = ["I4.stale-tip": 7]

  static func pValue(_ rule: String) -> Double {
    NetworkStatement.pValue(hits: hits[rule] ?? 0, honestServers: servers)
  }
}
