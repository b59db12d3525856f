import Records

extension IndicatorRule {
  /// This release does not evaluate it.
  static let timingByClient = IndicatorRule(
    id: "I10.timing-by-client", group: .differential, verdictClass: .statistical, greatestOdds: 10,
    statement: "The server answers clients of some names later.",
    source: .published(
      "Williams (1949), Experimental designs balanced for the estimation of residual effects of treatments"
    ),
    evaluation: nil)
}
