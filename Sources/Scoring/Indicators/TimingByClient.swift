import Records

extension IndicatorRule {
  static let timingByClient = IndicatorRule(
    id: "I10.timing-by-client", group: .differential, grades: .init(.none),
    statement: "The server answers clients of some names later.",
    explanation: .init(
      statistic: "Service times by arm within blocks, by permutation.",
      null: "An honest server does not look at the name.",
      rationale:
        "It would show that names are told apart; effects below a fifth cannot be seen politely.",
      refutedBy: "The same difference between two arms of one name."),
    source: .published(
      "Williams (1949), Experimental designs balanced for the estimation of residual effects of treatments"
    ), requirement: .experiment)
}
