import Records

/// The rules of identity evidence (methods 4.2): data with permanent ids.
struct IdentityRule: Sendable {
  let id: String
  /// Evidence group; evidence of one group counts once.
  let group: String
  /// True where a stranger could copy the value without the operator's help.
  let isCopyable: Bool
  let summary: String
  let values: @Sendable (FeatureProfile, ClusterParameters) -> [String]

  static let all: [IdentityRule] = [
    IdentityRule(
      id: "operator.same-key", group: "key", isCopyable: false,
      summary: "Both prove possession of one TLS key."
    ) { server, parameters in
      server.features.texts(.spkiSHA256s).filter { !parameters.copiedKeys.contains($0) }
    },
    IdentityRule(
      id: "operator.same-domain", group: "name", isCopyable: true,
      summary: "Names below one registrable domain resolve to both."
    ) { server, _ in server.features.texts(.registrableDomains) },
    IdentityRule(
      id: "operator.same-banner", group: "config", isCopyable: true,
      summary: "One custom banner, apart from numbers."
    ) { server, _ in
      let banner = server.features.text(.bannerMaskSHA256)
      return server.features.boolean(.bannerIsDefault) == false
        ? [banner].compactMap { $0 } : []
    },
    IdentityRule(
      id: "operator.same-donation", group: "config", isCopyable: true,
      summary: "One donation address that no software ships with."
    ) { server, _ in [server.features.text(.donationCustom)].compactMap { $0 } },
    IdentityRule(
      id: "operator.same-tenant-prefix", group: "network", isCopyable: false,
      summary: "Addresses in one prefix that the hoster gives to one tenant."
    ) { server, _ in server.features.texts(.tenantPrefixes) },
  ]
}
