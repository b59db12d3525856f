internal import ElectrumProtocol

extension ProbeCatalog {
  /// A ping, the history and the status of one script, each alone after a silence, as the first
  /// requests for scripts of a connection and again as late ones: whoever makes long customers wait
  /// shows it there, and not in a pipeline, where each request waits for others.
  static func timing(_ scripts: ProbedScripts) -> (first: [Probe], last: [Probe], all: [Probe]) {
    func timed(_ depth: String, _ place: String) -> [Probe] {
      let script = scripts.timed
      return [
        asked("alone.\(depth).server.ping", "server.ping", [], .anything, ""),
        question("alone.\(depth).history.\(script.name)", "get_history", script),
        question("alone.\(depth).status.\(script.name)", "subscribe", script),
      ].map {
        $0.asked(
          as: $0.id, .timing, pacing: .afterSilence,
          "alone after a silence, \(place) the connection's requests for scripts")
      }
    }
    let (first, last) = (timed("first", "before"), timed("last", "behind sixty of"))
    return (first, last, first + last)
  }
}
