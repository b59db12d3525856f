import Records

/// A rule of identity evidence: which values of a server, shared with another, link the two.
struct IdentityRule: Rule {
  static let family = RuleFamily.operator

  let id: RuleID
  let group: EvidenceGroup
  /// True where a stranger could copy the value without the operator's help.
  let isCopyable: Bool
  let statement: String
  let source: RuleSource
  let values: @Sendable (FeatureProfile, ClusterParameters) -> [String]

  static let all = [sameKey, sameDomain, sameBanner, sameDonation, sameTenantPrefix]
}

extension IdentityRule {
  private static let sameKey = IdentityRule(
    id: "operator.same-key", group: .key, isCopyable: false,
    statement: "Both servers prove possession of one TLS key, which is not one that is published.",
    source: .published("RFC 8446, section 4.4.3")
  ) { server, parameters in
    server.features.texts(.spkiSHA256s).filter { !parameters.copiedKeys.contains($0) }
  }

  private static let sameDomain = IdentityRule(
    id: "operator.same-domain", group: .name, isCopyable: true,
    statement: "Names below one registrable domain resolve to both servers.",
    source: .article("Names-and-Texts", section: "Names")
  ) { server, _ in server.features.texts(.registrableDomains) }

  private static let sameBanner = IdentityRule(
    id: "operator.same-banner", group: .config, isCopyable: true,
    statement:
      "Both servers show one banner, apart from numbers, that is no default and no ordinary text.",
    source: .article("Names-and-Texts", section: "Banner")
  ) { server, _ in
    let features = server.features
    let isOwn =
      features.boolean(.bannerIsDefault) == false && features.boolean(.bannerIsOrdinary) != true
    return isOwn ? [features.text(.bannerMaskSHA256)].compactMap { $0 } : []
  }

  private static let sameDonation = IdentityRule(
    id: "operator.same-donation", group: .config, isCopyable: true,
    statement:
      "Both servers name one destination of donations that no software, tutorial or standard has.",
    source: .article("Names-and-Texts", section: "Contacts")
  ) { server, _ in server.features.words(.donationCustom) }

  private static let sameTenantPrefix = IdentityRule(
    id: "operator.same-tenant-prefix", group: .network, isCopyable: false,
    statement: "Both servers have addresses in one prefix that the hoster gives to one tenant.",
    source: .published("RFC 6177, section 2")
  ) { server, _ in server.features.texts(.tenantPrefixes) }
}
