internal import Artifact
internal import SimulatedServers

/// A server all of whose errors are a trap.
struct PhishingErrors: AltersReplies {
  static let word = "phishing-errors"
  static let summary = "The text of every error sends people to a fake update."
  static let indicators: [String] = ["I11.phishing-error-text"]

  private var text = phishingText

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("text", &text, .text, "The errors' text.")
  }

  var alteration: AlteredSession.Alteration { .errorText(text) }
}
