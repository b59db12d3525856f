/// The replies that rules look at, by probe.
struct ProbeReplies {
  private let all: [ReplyObservation]
  private let byProbe: [String: [ReplyObservation]]
  private let answered: Set<String>

  init(_ observations: SoftwareObservations) {
    all = observations.read
    byProbe = Dictionary(grouping: all, by: \.probe)
    answered = Set(observations.replies.lazy.filter(\.isAnswer).map(\.probe))
  }

  /// Those whose probe a rule names, in no certain order; all where it names none.
  func named(by probes: SoftwareRule.Probes) -> [ReplyObservation] {
    guard case .named(let ids) = probes else { return all }
    return ids.flatMap { byProbe[$0] ?? [] }
  }

  /// Whether a probe was answered in any attempt; then a close in another was not the answer.
  func isAnswered(_ probe: String) -> Bool { answered.contains(probe) }
}
