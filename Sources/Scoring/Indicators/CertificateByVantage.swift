import Records

extension IndicatorRule {
  static let certificateByVantage = IndicatorRule(
    id: "I14.certificate-by-vantage", group: .path, grades: .init(.supporting),
    statement: "The server shows other certificates from other places at the same time.",
    explanation: .init(
      statistic:
        "Keys by place, at least three times from each of two, by Fisher's exact test; pools, of which every key is seen from every place, are left out.",
      null: "An honest server shows one key to everybody, or a pool's keys to everybody alike.",
      rationale: "Somebody stands between one of the places and the server.",
      refutedBy: "A pool with members by region."),
    source: .published(
      "Wendlandt, Andersen and Perrig (2008), Perspectives: improving SSH-style host authentication with multi-path probing"
    ), requirement: .secondVantage)
}
