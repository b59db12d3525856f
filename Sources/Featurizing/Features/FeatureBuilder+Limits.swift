import Probing
import Records

/// Features of what a server limits.
extension FeatureBuilder {
  private static let histories: [(probe: String, transactions: Int)] =
    (SizedTestScript.published + SizedTestScript.simulated).map {
      ($0.historyProbe, $0.transactions)
    }

  func describeLimits(_ features: inout FeatureSet, _ observation: EpochObservation) {
    features[.batches] = batches("malformed.batch", observation)
    features[.batchesOf12] = batches("limits.batch-12", observation)
    features[.historyRefusedFrom] = historyRefused(observation)
    let isAsked = observation.probes.values.contains { $0.asked > 0 }
    let limitless =
      isAsked ? FeatureValue.absent : .unknown(.outcome(observation.server.outcome))
    features[.throttledAfter] = observation.throttledAfter.map { .integer($0) } ?? limitless
    features[.throttleCode] = observation.throttleCode.map { .integer($0) } ?? limitless
  }

  private func batches(_ probe: String, _ observation: EpochObservation) -> FeatureValue {
    guard let batch = observation.probes[probe], batch.isCovered else {
      return Question(probe, observation).unknown
    }
    return .boolean(batch.answered > 0)
  }

  /// A server that refuses all histories refuses none for its length.
  private func historyRefused(_ observation: EpochObservation) -> FeatureValue {
    let asked = Self.histories.filter { observation.probes[$0.probe] != nil }
    let refused = asked.filter { observation.probes[$0.probe]?.errors ?? 0 > 0 }
    let answers = observation.probes.contains {
      $0.key.hasPrefix("history.") && $0.value.answered > 0
    }
    if answers, let least = refused.map(\.transactions).min() { return .integer(least) }
    let isAnswered = asked.contains { observation.probes[$0.probe]?.answered ?? 0 > 0 }
    if isAnswered, refused.isEmpty { return .absent }
    return Question(asked.first?.probe ?? "", observation).unknown
  }
}
