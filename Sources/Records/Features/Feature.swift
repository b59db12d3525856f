import Artifact

/// Every feature there is, in the order of its columns.
public enum Feature: Int, CaseIterable, Sendable {
  case software
  case softwareVersion
  case identifiedSoftware
  case identifiedFrom
  case identifiedTo
  case claimAgrees
  case protocolMin
  case protocolMax
  case methodsRefused
  case batches
  case batchesOf12
  case historyRefusedFrom
  case behaviourSignature
  case probesCovered
  case throttledAfter
  case throttleCode
  case connectMilliseconds
  case tlsMilliseconds
  case certificateSHA256s
  case spkiSHA256s
  case certificateTemplate
  case certificateProfile
  case certificateSelfSigned
  case certificateKey
  case certificateValidityDays
  case certificateIssuer
  case certificateSubject
  case certificateNames
  case certificateSerialBits
  case certificateSignatureAlgorithm
  case certificateChainLength
  case issuingKeys
  case certificateShape
  case certificateNameForm
  case certificateWords
  case certificateCreatedAt
  case tlsVersions
  case tlsCiphers
  case tlsGroups
  case tlsSignatureAlgorithms
  case tlsTicketLifetimes
  case tlsResumes
  case tlsHelloAnswers
  case bannerMaskSHA256
  case bannerIsDefault
  case bannerIsOrdinary
  case donationCustom
  case donationIsDefault
  case pruning
  case hostsClaimed
  case hostsPorts
  case hostsKinds
  case contacts
  case genesisHash
  case tipHeight
  case tipHash
  case relayFee
  case incrementalRelayFee
  case fullRBF
  case advertisers
  case firstHeardFrom
  case peersAdvertised
  case peersSHA256
  case peersSketch
  case advertisesItself
  case networks
  case ports
  case openPorts
  case names
  case registrableDomains
  case hostTemplates
  case prefixes
  case widePrefixes
  case tenantPrefixes
  case asns
  case countries
  case country

  public var definition: FeatureDefinition { FeatureDefinition.all[rawValue] }

  /// True where other servers have a part in the value: adding one may change it.
  public var dependsOnOthers: Bool { self == .advertisers || self == .firstHeardFrom }

  /// The feature that a column holds.
  public init?(column: String) {
    guard let feature = Self.allCases.first(where: { $0.definition.name == column }) else {
      return nil
    }
    self = feature
  }

  fileprivate var declared: FeatureDefinition {
    switch self {
    case .software, .softwareVersion, .identifiedSoftware, .identifiedFrom, .identifiedTo,
      .claimAgrees, .protocolMin, .protocolMax, .methodsRefused, .batches:
      ofSoftware
    case .behaviourSignature, .probesCovered, .connectMilliseconds, .tlsMilliseconds:
      ofBehaviour
    case .batchesOf12, .historyRefusedFrom, .throttledAfter, .throttleCode:
      ofLimits
    case .certificateSHA256s, .spkiSHA256s, .certificateTemplate, .certificateProfile,
      .certificateSelfSigned, .certificateKey, .certificateValidityDays, .certificateIssuer,
      .certificateSubject, .certificateNames, .certificateSerialBits,
      .certificateSignatureAlgorithm, .certificateChainLength:
      ofCertificates
    case .issuingKeys, .certificateShape, .certificateNameForm, .certificateWords,
      .certificateCreatedAt:
      ofMakers
    case .tlsVersions, .tlsCiphers, .tlsGroups, .tlsSignatureAlgorithms, .tlsTicketLifetimes,
      .tlsResumes, .tlsHelloAnswers:
      ofTLS
    case .bannerMaskSHA256, .bannerIsDefault, .bannerIsOrdinary, .donationCustom,
      .donationIsDefault,
      .pruning, .contacts:
      ofWords
    case .hostsClaimed, .hostsPorts, .hostsKinds:
      ofHosts
    case .genesisHash, .tipHeight, .tipHash, .relayFee, .incrementalRelayFee, .fullRBF:
      ofBackend
    case .advertisers, .firstHeardFrom, .peersAdvertised, .peersSHA256, .peersSketch,
      .advertisesItself:
      ofTopology
    case .networks, .ports, .openPorts, .names, .registrableDomains, .hostTemplates, .prefixes,
      .widePrefixes,
      .tenantPrefixes, .asns, .countries, .country:
      ofInfrastructure
    }
  }
}

extension FeatureDefinition {
  /// Of every feature, in the order of the columns.
  package static let all: [FeatureDefinition] = Feature.allCases.map(\.declared)
}
