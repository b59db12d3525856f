import Addressing
import Probing
import Records

/// Makes the feature row of a server from what was observed of it in an epoch.
struct FeatureBuilder {
  let parameters: FeaturizeParameters
  let certificates: [String: Certificate]
  /// Probes that anybody was asked.
  let probesAsked: Int

  func vector(
    of observation: EpochObservation, epoch: Epoch, texts: OwnTexts
  ) -> FeatureVector {
    FeatureVector(epoch: epoch.name, serverID: observation.server.serverID).with {
      $0.epochStart = epoch.start
      $0.scans = observation.scans
      $0.scansAnswered = observation.scansAnswered
      $0.reached = observation.isReached
      $0.coverage = coverage(of: observation.probes)
      $0.features = features(of: observation, texts: texts)
    }
  }

  /// Share of the probes asked of anybody that were answered.
  func coverage(of probes: [String: ProbeTally]) -> Double {
    let covered = probes.values.count { $0.isCovered }
    return probesAsked == 0 ? 0 : Double(covered) / Double(probesAsked)
  }

  private func features(
    of observation: EpochObservation, texts: OwnTexts
  ) -> FeatureSet {
    var features = FeatureSet(unknown: .outcome(observation.server.outcome))
    describeSoftware(&features, observation)
    describeNode(&features, observation)
    describeLimits(&features, observation)
    describeTexts(&features, observation, texts)
    describeTLS(&features, observation)
    describeNames(&features, observation)
    describeNetwork(&features, observation)
    describeTopology(&features, observation)
    describeBehaviour(&features, observation.probes)
    return features
  }

  private func describeSoftware(_ features: inout FeatureSet, _ observation: EpochObservation) {
    let server = observation.server
    let version = Question(anyOf: KnownProbes.identifications, observation)
    features[.software] = version.value(server.software.map { .text($0) })
    features[.softwareVersion] =
      server.software == nil ? version.unknown : .text(orAbsent: server.softwareVersion)
    let described = Question("server.features", observation)
    features[.protocolMin] = described.valueOrAbsent(server.protocolMin.map { .text($0) })
    features[.protocolMax] = described.valueOrAbsent(server.protocolMax.map { .text($0) })
    if !described.isAnswered, !features[.protocolMax].isKnown, let listed = server.protocolMaxListed
    {
      features[.protocolMax] = .text(listed)
    }
    features[.genesisHash] = described.value(server.genesisHash.map { .text($0) })
    features[.pruning] = described.valueOrAbsent(server.pruning.map { .integer($0) })
    for (feature, values) in [
      (Feature.hostsClaimed, server.hostsClaimed), (.hostsPorts, server.hostsPorts),
      (.hostsKinds, server.hostsClaimed.map { HostKind($0).rawValue }),
    ] {
      features[feature] = described.valueOrAbsent(values.isEmpty ? nil : .set(values))
    }
    let tip = Question("blockchain.headers.subscribe", observation)
    features[.tipHeight] = tip.value(server.tipHeight.map { .integer($0) })
    features[.tipHash] = tip.value(server.tipHash.map { .text($0) })
    guard let record = observation.software else { return }
    let notIdentified = FeatureValue.unknown(.notIdentified)
    features[.identifiedSoftware] = record.implementation.map { .text($0) } ?? notIdentified
    features[.identifiedFrom] = record.versionFrom.map { .text($0) } ?? notIdentified
    features[.identifiedTo] = record.versionTo.map { .text($0) } ?? notIdentified
    features[.claimAgrees] =
      record.claimAgrees == .unknown ? notIdentified : .boolean(record.claimAgrees == .yes)
  }

  private func describeNode(_ features: inout FeatureSet, _ observation: EpochObservation) {
    let node = observation.node
    let fee = Question(anyOf: ["relayfee", "mempool.get_info"], observation)
    features[.relayFee] = fee.value(node.relayFee.map { .number($0) })
    let policy = Question("mempool.get_info", observation)
    features[.incrementalRelayFee] = policy.value(node.incrementalRelayFee.map { .number($0) })
    features[.fullRBF] = policy.value(node.fullRBF.map { .boolean($0) })
  }

  /// Features that the series makes anew: how the probes were answered.
  func describeBehaviour(_ features: inout FeatureSet, _ probes: [String: ProbeTally]) {
    let shown = probes.compactMapValues { $0.signature() }
    guard let digest = BehaviourSigner.digest(shown.mapValues(\.signature)) else { return }
    features[.behaviourSignature] = .text(digest)
    features[.probesCovered] = .set(shown.keys)
    features[.methodsRefused] = .set(shown.filter { $0.value.isRefusal }.keys)
  }
}

/// What came of asking one question in an epoch, and so what it means that its value is missing.
struct Question {
  private let tally: ProbeTally?
  private let outcome: Outcome

  init(_ probe: String, _ observation: EpochObservation) {
    tally = observation.probes[probe]
    outcome = observation.server.outcome
  }

  /// Of several questions for one value the one of which most came.
  init(anyOf probes: [String], _ observation: EpochObservation) {
    let asked = probes.filter { observation.probes[$0] != nil }
    let best =
      asked.first { observation.probes[$0]?.answered ?? 0 > 0 }
      ?? asked.first { observation.probes[$0]?.asked ?? 0 > 0 } ?? asked.first
    self.init(best ?? "", observation)
  }

  var isAnswered: Bool { tally?.answered ?? 0 > 0 }

  /// The value is not known, for the reason that it was not answered.
  var unknown: FeatureValue {
    if let reason = tally?.missingReason { return .unknown(reason) }
    if tally?.answered ?? 0 > 0 { return .unknown(.notSent) }
    // A server that answered was not asked this.
    return .unknown(outcome == .answered ? .notAsked : .outcome(outcome))
  }

  func value(_ value: FeatureValue?) -> FeatureValue { value ?? unknown }

  /// Absent where the question was answered without the value.
  func valueOrAbsent(_ value: FeatureValue?) -> FeatureValue {
    value ?? (tally?.answered ?? 0 > 0 ? .absent : unknown)
  }
}

extension FeatureValue {
  /// A text; nil and an empty one are absent.
  static func text(orAbsent text: String?) -> FeatureValue {
    text.flatMap { $0.isEmpty ? nil : .text($0) } ?? .absent
  }
}
