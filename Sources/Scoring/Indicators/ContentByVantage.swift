import Records

extension IndicatorRule {
  /// This release does not evaluate it.
  static let contentByVantage = IndicatorRule(
    id: "I15.content-by-vantage", group: .path, verdictClass: .statistical, greatestOdds: 100,
    statement: "The server gives other content from other places.",
    source: .published(
      "Wendlandt, Andersen and Perrig (2008), Perspectives: improving SSH-style host authentication with multi-path probing"
    ),
    evaluation: nil)
}
