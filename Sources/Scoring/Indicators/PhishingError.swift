import Records

extension IndicatorRule {
  static let phishingError = IndicatorRule(
    id: "I11.phishing-error-text", group: .phishing, verdictClass: .proved, greatestOdds: 1000,
    statement: "An error text of the server has a link, markup or a call to update.",
    source: .published("spesmilo/electrum, issue 4968 (December 2018)")
  ) { server, _ in
    guard server.repliesSeen > 0 else { return nil }
    let hit = server.errorTexts.keys.sorted().first { PhishingText.isCallToAction($0) }
    return IndicatorFinding(fired: hit != nil, of: server.repliesSeen, evidence: hit)
  }
}
