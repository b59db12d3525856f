/// How often indicators fired on honest servers of the evaluation.
///
/// Data, written anew where the evaluation is run: article Deviation-Score, section “What honest servers
/// do”. A rule that is not named never fired.
enum HonestHits {
  /// Honest server-scans of simulated networks with the full plan, and hard negatives among them, on
  /// which a prototype of these rules was run.
  static let servers = 1983

  static let hits: [String: Int] = [:]

  static func pValue(_ rule: String) -> Double {
    NetworkStatement.pValue(hits: hits[rule] ?? 0, honestServers: servers)
  }
}
