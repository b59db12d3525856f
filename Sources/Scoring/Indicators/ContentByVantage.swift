import Records

extension IndicatorRule {
  static let contentByVantage = IndicatorRule(
    id: "I15.content-by-vantage", group: .path, grades: .init(.supporting),
    statement: "The server gives other content from other places.",
    explanation: .init(
      statistic: "Answers by place within blocks, by permutation.",
      null: "An honest server does not look at the place.",
      rationale: "Who shows an observer another face can deceive others unseen.",
      refutedBy: "A pool with members by region that are not in step."),
    source: .published(
      "Wendlandt, Andersen and Perrig (2008), Perspectives: improving SSH-style host authentication with multi-path probing"
    ), requirement: .secondVantage)
}
