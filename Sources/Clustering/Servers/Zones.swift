import ServerTexts

/// Domains by who gives the names below them.
struct Zones {
  /// How an owner names machines.
  let owners: Set<String>
  /// The names of a provider's customers.
  let providers: Set<String>

  init(_ servers: [ServerFacts]) {
    var names: [String: Set<String>] = [:]
    for server in servers {
      for domain in server.domains ?? [] {
        names[domain, default: []].formUnion(server.names ?? [])
      }
    }
    let zones = names.map { domain, names in (domain, ZoneNames(domain: domain, names: names)) }
    owners = Set(zones.lazy.filter(\.1.isOwners).map(\.0))
    providers = Set(zones.lazy.filter(\.1.isProviders).map(\.0))
  }
}
