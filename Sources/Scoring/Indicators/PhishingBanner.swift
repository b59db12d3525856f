import Records

extension IndicatorRule {
  static let phishingBanner = IndicatorRule(
    id: "I12.banner-wallet-download", group: .phishing, verdictClass: .statistical,
    greatestOdds: 30,
    statement: "The banner links a wallet download elsewhere than at the project's own.",
    source: .published("spesmilo/electrum, issue 4968 (December 2018)")
  ) { server, context in
    guard server.bannerStatus != .unknown else { return nil }
    let link = server.banner.flatMap {
      PhishingText.walletDownload(in: $0, allowed: context.parameters.walletDomains)
    }
    return IndicatorFinding(
      fired: link != nil, of: 1, evidence: link.map { "the banner links \($0)" })
  }
}
