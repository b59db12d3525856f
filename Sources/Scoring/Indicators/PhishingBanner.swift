import PhishingTexts
import Records

extension IndicatorRule {
  static let phishingBanner = IndicatorRule(
    id: "I12.banner-wallet-download", group: .phishing, grades: .init(.strong),
    statement: "The banner names a wallet and calls to a link that is none of the known places.",
    explanation: .init(
      statistic:
        "Calls whose nearest link is off the known places; strong where the link is a program, or its host is named like a wallet's and is none of the server's own names.",
      null: "Honest banners welcome, thank and link the wallet's own site or the operator's page.",
      rationale: "Wallets show the banner, and users take it for the wallet's word.",
      refutedBy: "The link's owner being the wallet's project, or the page offering no program."),
    source: .published("spesmilo/electrum, issue 4968 (December 2018)"),
    observe: { server, truth, _ in
      guard server.banner.status != .unknown else { return nil }
      return .collected(truth) { seen in
        seen.observations = max(1, server.banner.texts.count)
        for text in server.banner.texts {
          guard let found = BannerText.finding(text, ownNames: server.banner.ownNames) else {
            continue
          }
          seen.hits.append(
            .init(
              found.strength == .strong ? .strong : .supporting, found.link,
              "scan \(truth.scan): the banner calls to \(found.link)", server.banner.place))
        }
      }
    })
}
