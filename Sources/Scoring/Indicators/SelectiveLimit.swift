import Records

extension IndicatorRule {
  static let selectiveLimit = IndicatorRule(
    id: "I20.selective-limit", group: .differential, grades: .init(.none),
    statement: "The server limits clients of some names more.",
    explanation: .init(
      statistic: "Throttling by depth in the arms of the experiment.",
      null: "A limit holds for everybody.",
      rationale: "It would show that names are told apart.",
      refutedBy: "The same limit in an arm of another name."),
    source: .published(
      "Williams (1949), Experimental designs balanced for the estimation of residual effects of treatments"
    ), requirement: .experiment)
}
