internal import Artifact
internal import SimulatedServers

/// A server that slows who asks much, whatever is asked.
struct SlowsEverything: AltersReplies {
  static let word = "slows-everything"
  static let summary =
    "Answers all further questions of a connection later, as a cost limit does: no deviation."
  static let indicators: [String] = []

  private var requests = 1
  private var milliseconds = 1

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required(
      "requests", &requests, .integer(0...1_000_000), "Questions that are answered at once.")
    f.required("delay_ms", &milliseconds, .integer(1...60_000), "Milliseconds.")
  }

  var alteration: AlteredSession.Alteration {
    .slowsEverything(after: requests, seconds: Double(milliseconds) / 1_000)
  }
}
