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
  case behaviourSignature
  case probesCovered
  case throttledAfter
  case connectMilliseconds
  case tlsMilliseconds
  case certificateSHA256s
  case spkiSHA256s
  case certificateTemplate
  case certificateProfile
  case certificateSelfSigned
  case certificateKey
  case certificateValidityDays
  case tlsVersions
  case tlsCiphers
  case bannerMaskSHA256
  case bannerIsDefault
  case donationCustom
  case donationIsDefault
  case pruning
  case hostsClaimed
  case genesisHash
  case tipHeight
  case advertisers
  case networks
  case ports
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
  public var dependsOnOthers: Bool { self == .advertisers }

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
    case .behaviourSignature, .probesCovered, .throttledAfter, .connectMilliseconds,
      .tlsMilliseconds:
      ofBehaviour
    case .certificateSHA256s, .spkiSHA256s, .certificateTemplate, .certificateProfile,
      .certificateSelfSigned, .certificateKey, .certificateValidityDays, .tlsVersions, .tlsCiphers:
      ofTLS
    case .bannerMaskSHA256, .bannerIsDefault, .donationCustom, .donationIsDefault, .pruning,
      .hostsClaimed, .genesisHash, .tipHeight, .advertisers:
      ofWords
    case .networks, .ports, .names, .registrableDomains, .hostTemplates, .prefixes, .widePrefixes,
      .tenantPrefixes, .asns, .countries, .country:
      ofInfrastructure
    }
  }
}

extension FeatureDefinition {
  /// Of every feature, in the order of the columns.
  static let all: [FeatureDefinition] = Feature.allCases.map(\.declared)
}
