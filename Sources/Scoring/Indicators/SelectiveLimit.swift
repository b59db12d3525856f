import Records

extension IndicatorRule {
  /// This release does not evaluate it.
  static let selectiveLimit = IndicatorRule(
    id: "I20.selective-limit", group: .differential, verdictClass: .statistical, greatestOdds: 10,
    statement: "The server limits clients of some names more.",
    source: .published(
      "Williams (1949), Experimental designs balanced for the estimation of residual effects of treatments"
    ),
    evaluation: nil)
}
