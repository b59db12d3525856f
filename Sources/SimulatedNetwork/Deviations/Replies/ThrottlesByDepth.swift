internal import Artifact
internal import SimulatedServers

/// A server that slows who asks for many scripts, and nobody else.
struct ThrottlesByDepth: AltersReplies {
  static let word = "throttles-by-depth"
  static let summary = "Answers further questions for scripts of a connection much later."
  static let indicators: [String] = ["I25.throttling-by-depth"]

  private var requests = 1
  private var milliseconds = 1

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required(
      "requests", &requests, .integer(0...1_000_000),
      "Questions for scripts that are answered at once.")
    f.required("delay_ms", &milliseconds, .integer(1...60_000), "Milliseconds.")
  }

  var alteration: AlteredSession.Alteration {
    .slowsScripts(after: requests, seconds: Double(milliseconds) / 1_000)
  }
}
