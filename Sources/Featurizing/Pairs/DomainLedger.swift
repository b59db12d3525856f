import Records
import ServerTexts

/// The names below registrable domains, of servers that answered or showed a key.
struct DomainLedger {
  private var names: [String: Set<String>] = [:]
  private var servers: [String: Set<String>] = [:]

  mutating func take(_ profile: FeatureProfile) {
    guard profile.isUnit else { return }
    let names = Set(profile.features.texts(.names))
    for domain in profile.features.texts(.registrableDomains) {
      self.names[domain, default: []].formUnion(names)
      servers[domain, default: []].insert(profile.serverID)
    }
  }

  func rows() -> [DomainNames] {
    names.map { domain, names in
      let zone = ZoneNames(domain: domain, names: names)
      return DomainNames(domain: domain).with {
        $0.servers = servers[domain]?.count ?? 0
        $0.names = zone.names
        $0.functionalNames = zone.functional
        $0.machineMadeNames = zone.machineMade
        $0.isOwnerZone = zone.isOwners
        $0.isProviderZone = zone.isProviders
        $0.providerReason =
          zone.isProviders
          ? "\(zone.machineMade) of \(zone.names) names are machine-made" : nil
      }
    }
  }
}

extension FeatureProfile {
  /// Whether frequencies count it: what is only listed is no unit, or a flood of listings would make
  /// common what is rare.
  var isUnit: Bool { scansAnswered > 0 || !features.texts(.spkiSHA256s).isEmpty }
}
