import Records

/// Makes the feature row of a server from what was observed of it in an epoch.
struct FeatureBuilder {
  let parameters: FeaturizeParameters
  let certificates: [String: Certificate]
  /// Probes that anybody was asked.
  let probesAsked: Int

  /// - Parameter hasDefaultBanner: of its banner, if it has one.
  func vector(
    of observation: ServerObservation, epoch: Epoch, hasDefaultBanner: Bool
  ) -> FeatureVector {
    FeatureVector(
      epoch: epoch.name, epochStart: epoch.start, serverID: observation.server.serverID,
      scans: observation.scans,
      scansAnswered: observation.scansAnswered, reached: observation.isReached,
      coverage: coverage(of: observation.probes),
      features: features(of: observation, hasDefaultBanner: hasDefaultBanner))
  }

  /// Share of the probes asked of anybody that were answered.
  func coverage(of probes: [String: ProbeTally]) -> Double {
    let covered = probes.values.count { $0.isCovered }
    return probesAsked == 0 ? 0 : Double(covered) / Double(probesAsked)
  }

  private func features(
    of observation: ServerObservation, hasDefaultBanner: Bool
  ) -> FeatureSet {
    var features = FeatureSet(unknown: .outcome(observation.server.outcome))
    describeSoftware(&features, observation)
    describeTexts(&features, observation, hasDefaultBanner)
    describeTLS(&features, observation)
    describeNames(&features, observation)
    describeNetwork(&features, observation)
    describeBehaviour(&features, observation.probes)
    features[.throttledAfter] =
      observation.throttledAfter.map { .integer($0) }
      ?? (observation.probes.values.contains { $0.asked > 0 }
        ? .absent : .unknown(.outcome(observation.server.outcome)))
    return features
  }

  private func describeSoftware(_ features: inout FeatureSet, _ observation: ServerObservation) {
    let server = observation.server
    let version = Question("server.version", observation)
    features[.software] = version.value(server.software.map { .text($0) })
    features[.softwareVersion] =
      server.software == nil ? version.unknown : .text(orAbsent: server.softwareVersion)
    let described = Question("server.features", observation)
    features[.protocolMin] = described.valueOrAbsent(server.protocolMin.map { .text($0) })
    features[.protocolMax] = described.valueOrAbsent(server.protocolMax.map { .text($0) })
    features[.genesisHash] = described.valueOrAbsent(server.genesisHash.map { .text($0) })
    features[.pruning] = described.valueOrAbsent(server.pruning.map { .integer($0) })
    features[.hostsClaimed] = described.valueOrAbsent(
      server.hostsClaimed.isEmpty ? nil : .set(server.hostsClaimed))
    features[.tipHeight] = Question("blockchain.headers.subscribe", observation)
      .value(server.tipHeight.map { .integer($0) })
    if let batch = observation.probes["malformed.batch"], batch.isCovered {
      features[.batches] = .boolean(batch.answered > 0)
    } else {
      features[.batches] = Question("malformed.batch", observation).unknown
    }
    guard let record = observation.software else { return }
    let notIdentified = FeatureValue.unknown(.notIdentified)
    features[.identifiedSoftware] = record.implementation.map { .text($0) } ?? notIdentified
    features[.identifiedFrom] = record.versionFrom.map { .text($0) } ?? notIdentified
    features[.identifiedTo] = record.versionTo.map { .text($0) } ?? notIdentified
    features[.claimAgrees] =
      record.claimAgrees == .unknown ? notIdentified : .boolean(record.claimAgrees == .yes)
  }

  private func describeTexts(
    _ features: inout FeatureSet, _ observation: ServerObservation, _ hasDefaultBanner: Bool
  ) {
    let server = observation.server
    let banner = Question("server.banner", observation)
    switch server.bannerStatus {
    case .unknown:
      features[.bannerMaskSHA256] = banner.unknown
      features[.bannerIsDefault] = banner.unknown
    case .absent:
      features[.bannerMaskSHA256] = .absent
      features[.bannerIsDefault] = .absent
    case .value:
      features[.bannerMaskSHA256] = .text(orAbsent: server.textFacts.bannerMaskedSHA256)
      features[.bannerIsDefault] = .boolean(hasDefaultBanner)
    }
    let donation = Question("server.donation_address", observation)
    switch (server.donationStatus, server.donationAddress) {
    case (.value, let address?):
      let isDefault = parameters.defaultDonations.contains(address)
      features[.donationCustom] = isDefault ? .absent : .text(orAbsent: address)
      features[.donationIsDefault] = .boolean(isDefault)
    case (.unknown, _):
      features[.donationCustom] = donation.unknown
      features[.donationIsDefault] = donation.unknown
    default:
      features[.donationCustom] = .absent
      features[.donationIsDefault] = .absent
    }
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

  init(_ probe: String, _ observation: ServerObservation) {
    tally = observation.probes[probe]
    outcome = observation.server.outcome
  }

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
