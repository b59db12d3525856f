import Records

extension IndicatorRule {
  /// This release does not evaluate it.
  static let contentByClient = IndicatorRule(
    id: "I9.content-by-client", group: .differential, verdictClass: .statistical, greatestOdds: 100,
    statement: "The server gives other content to clients of other names.",
    source: .published(
      "Williams (1949), Experimental designs balanced for the estimation of residual effects of treatments"
    ),
    evaluation: nil)
}
