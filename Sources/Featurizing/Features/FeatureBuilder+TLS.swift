import Ordering
import Records

/// Features of TLS and certificates.
extension FeatureBuilder {
  /// Certificates may name any number of hosts, of any length.
  private static let mostNames = 32
  private static let mostCodePoints = 256

  private static let handshakeFeatures: [Feature] = [
    .certificateSHA256s, .spkiSHA256s, .certificateChainLength, .tlsVersions, .tlsCiphers,
    .tlsGroups, .tlsSignatureAlgorithms, .tlsTicketLifetimes, .tlsResumes, .tlsHelloAnswers,
    .tlsMilliseconds,
  ]

  private static let leafFeatures: [Feature] = [
    .certificateTemplate, .certificateProfile, .certificateSelfSigned, .certificateKey,
    .certificateValidityDays, .certificateIssuer, .certificateSubject, .certificateNames,
    .certificateSerialBits, .certificateSignatureAlgorithm, .issuingKeys, .certificateShape,
    .certificateNameForm, .certificateWords, .certificateCreatedAt,
  ]

  func describeTLS(_ features: inout FeatureSet, _ observation: EpochObservation) {
    let secure = observation.endpoints.filter { $0.transport == .ssl || $0.transport == .wss }
    let best = secure.map(\.outcome).min { ($0.rank, $0.rawValue) < ($1.rank, $1.rawValue) }
    let all = Self.handshakeFeatures + Self.leafFeatures
    guard let best else {
      for feature in all { features[feature] = .absent }
      return
    }
    // An endpoint that answered without one was taken from a scan that says nothing of it.
    let isWithheld = secure.contains { $0.handshake.withheld != nil }
    let missing = FeatureValue.unknown(
      isWithheld
        ? .withheldTwin : .outcome(best == .answered ? .untestedNotImported : best))
    for feature in all { features[feature] = missing }
    features.note(.certificateSHA256s, observation.server.certificateSHA256s)
    features.note(.spkiSHA256s, observation.server.spkiSHA256s)
    features.note(.tlsVersions, secure.compactMap(\.tlsVersion))
    features.note(.tlsCiphers, secure.compactMap(\.tlsCipher))
    if let least = secure.compactMap(\.tlsMilliseconds).min() {
      features[.tlsMilliseconds] = .number(least)
    }
    describeHandshakes(&features, secure)
    let leaf = observation.server.certificateSHA256s.lazy.compactMap({ certificates[$0] })
      .first { $0.template != nil }
    if let leaf { describe(leaf, &features) }
    let leaves = observation.server.certificateSHA256s.compactMap { certificates[$0] }
    describeIssuers(of: leaves.filter { $0.template != nil }, &features)
  }

  /// A server whose leaves are all self-signed or of public authorities has no issuing key.
  private func describeIssuers(of leaves: [Certificate], _ features: inout FeatureSet) {
    let issued = leaves.filter { $0.selfSigned != true && $0.profile != .publicAuthority }
    let keys = issued.compactMap(\.issuingKey)
    if !keys.isEmpty {
      features[.issuingKeys] = .set(keys)
    } else if !leaves.isEmpty {
      features[.issuingKeys] = issued.isEmpty ? .absent : .unknown(.notSent)
    }
  }

  private func describeHandshakes(_ features: inout FeatureSet, _ secure: [Endpoint]) {
    let shown = secure.map(\.handshake)
    features.note(.tlsGroups, shown.compactMap(\.group))
    features.note(.tlsSignatureAlgorithms, shown.compactMap(\.signatureAlgorithm))
    if let most = shown.compactMap(\.chainLength).max() {
      features[.certificateChainLength] = .integer(most)
    }
    let lifetimes = shown.compactMap(\.ticketLifetimeSeconds)
    if !lifetimes.isEmpty {
      features[.tlsTicketLifetimes] = .set(lifetimes.map(String.init))
    } else if !shown.isEmpty, shown.contains(where: { $0.sessionTicket == false }),
      !shown.contains(where: { $0.sessionTicket == true })
    {
      features[.tlsTicketLifetimes] = .absent
    }
    if secure.contains(where: { $0.tlsVersion != nil && $0.handshake.withheld == nil }) {
      // The usual handshake was asked of them; these are further questions.
      features[.tlsResumes] = .unknown(.notAsked)
      features[.tlsHelloAnswers] = .unknown(.notAsked)
    }
    let resumptions = shown.compactMap(\.resumed)
    if !resumptions.isEmpty { features[.tlsResumes] = .boolean(resumptions.contains(true)) }
    features.note(.tlsHelloAnswers, shown.flatMap(\.helloAnswers))
  }

  private func describe(_ leaf: Certificate, _ features: inout FeatureSet) {
    for feature in Self.leafFeatures { features[feature] = .unknown(.notSent) }
    func text(_ feature: Feature, _ value: String?) {
      if let value, !value.isEmpty { features[feature] = .text(value) }
    }
    text(.certificateTemplate, leaf.template)
    text(.certificateProfile, leaf.profile?.rawValue)
    text(.certificateSignatureAlgorithm, leaf.signatureAlgorithm)
    text(.certificateShape, leaf.shape)
    text(.certificateNameForm, leaf.nameForm)
    if leaf.createdPrecision == .second { text(.certificateCreatedAt, leaf.createdAt) }
    if leaf.subject != nil {
      features[.certificateWords] = .text(orAbsent: leaf.makersWords.map(Self.shortened))
    }
    text(
      .certificateKey,
      leaf.keyType.map { type in leaf.keyBits.map { "\(type) \($0)" } ?? type })
    leaf.selfSigned.map { features[.certificateSelfSigned] = .boolean($0) }
    leaf.validityDays.map { features[.certificateValidityDays] = .integer($0) }
    leaf.serialBits.map { features[.certificateSerialBits] = .integer($0) }
    features[.certificateIssuer] = .text(orAbsent: leaf.issuer.map(Self.shortened))
    features[.certificateSubject] = .text(orAbsent: leaf.subject.map(Self.shortened))
    features[.certificateNames] = .set(
      leaf.subjectAlternativeNames.sorted().prefix(Self.mostNames).map(Self.shortened)
        .filter { !$0.isEmpty })
  }

  private static func shortened(_ text: String) -> String {
    var short = String.UnicodeScalarView()
    short.append(contentsOf: text.unicodeScalars.prefix(mostCodePoints))
    return String(short)
  }
}

extension FeatureSet {
  /// What was seen; a set of nothing leaves the feature as it is.
  fileprivate mutating func note(_ feature: Feature, _ values: [String]) {
    if !values.isEmpty { self[feature] = .set(values) }
  }
}
