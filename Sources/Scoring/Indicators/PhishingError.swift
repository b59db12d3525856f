import PhishingTexts
import Records

extension IndicatorRule {
  static let phishingError = IndicatorRule(
    id: "I11.phishing-error-text", group: .phishing, grades: .init(.proved),
    statement:
      "An error text of the server has markup or a picture, calls to a link off the known places, or alarms the wallet's user.",
    explanation: .init(
      statistic:
        "Error texts, entities decoded twice, with a closing tag, an attribute, a line break or an image; with a link off the known places that is the nearest to a call; or with a call, a wallet and an alarm.",
      null:
        "No release formats its errors or sends their reader to a program; what releases wrote to old clients is known.",
      rationale: "Old wallets showed such errors as rich text, and users lost what they held.",
      refutedBy: "A release of any server whose sources hold the text."),
    source: .published("spesmilo/electrum, issue 4968 (December 2018)"),
    observe: { server, truth, _ in
      .collected(truth) { seen in
        seen.observations = server.repliesSeen
        for error in server.errors where !error.isToOldClient {
          guard let verdict = ErrorText.verdict(error.text, known: error.known) else { continue }
          let grade: IndicatorGrade =
            switch verdict.kind {
            case .markup, .image, .calledLink: .proved
            case .alarm: .strong
            }
          seen.hits.append(
            .init(
              grade, verdict.kind.rawValue,
              "scan \(truth.scan): an error text (\(verdict.kind.rawValue)): \(error.text.prefix(shown))",
              error.place))
        }
      }
    })

  /// Characters of a text that are shown.
  private static let shown = 300
}
