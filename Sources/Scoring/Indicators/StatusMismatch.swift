import Records

extension IndicatorRule {
  /// This release does not evaluate it.
  static let statusMismatch = IndicatorRule(
    id: "I5.status-mismatch", group: .content, verdictClass: .proved, greatestOdds: 1000,
    statement: "A status hash of the server contradicts its own history.",
    source: .published(
      "electrum-protocol.readthedocs.io, Status"),
    evaluation: nil)
}
