internal import Artifact
internal import SimulatedServers

/// A server behind a proxy that reads and writes JSON.
struct Reserialises: AltersReplies {
  static let word = "reserialises"
  static let summary =
    "A proxy writes its replies anew and answers what is no request itself: no deviation."
  static let indicators: [String] = []

  init() {}

  func fields<F: Fields>(_ f: inout F) {}

  var alteration: AlteredSession.Alteration { .reserialises }
}
