import Records

extension IndicatorRule {
  /// This release does not evaluate it.
  static let certificateByVantage = IndicatorRule(
    id: "I14.certificate-by-vantage", group: .path, verdictClass: .statistical, greatestOdds: 100,
    statement: "The server shows other certificates from other places at the same time.",
    source: .published(
      "Wendlandt, Andersen and Perrig (2008), Perspectives: improving SSH-style host authentication with multi-path probing"
    ),
    evaluation: nil)
}
