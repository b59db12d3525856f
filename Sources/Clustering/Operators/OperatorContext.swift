import RecordLinkage
import ServerTexts

/// What has to be known of all servers before the values of one can be told: which keys prove, which
/// domains are whose, which issuing keys have one owner.
struct OperatorContext: Sendable {
  let zones: Zones
  let provingKeys: Set<String>
  let ownedIssuers: Set<String>

  /// - Parameter copiedKeys: SHA-256 of keys that are published.
  init(_ servers: [ServerFacts], copiedKeys: Set<String>) {
    zones = Zones(servers)
    provingKeys = Self.provingKeys(servers).subtracting(copiedKeys)
    ownedIssuers = Self.ownedIssuers(servers, zones)
  }

  /// Keys that are named, that is, made for a name or an address of a holder, and whose holders are
  /// all named so or all of one implementation. A key that an image ships names nobody.
  private static func provingKeys(_ servers: [ServerFacts]) -> Set<String> {
    var named: Set<String> = []
    var bare: Set<String> = []
    var software: [String: Set<String>] = [:]
    for server in servers {
      let implementation = server.identified ?? server.implementation?.lowercased()
      for key in server.keys ?? [] {
        let isNamed = server.certificates.contains { certificate in
          certificate.key == key
            && certificate.names.contains { pattern in
              server.places.contains { HostLabels.covers(pattern, $0) }
            }
        }
        if isNamed { named.insert(key) } else { bare.insert(key) }
        if let implementation { software[key, default: []].insert(implementation) }
      }
    }
    return named.filter { !bare.contains($0) || (software[$0]?.count ?? 0) <= 1 }
  }

  /// Issuing keys of which no two holders are below one provider's domain, and whose holders that
  /// tell of themselves are joined by what they share, or at most half as many as there are of them:
  /// an operator has several servers a domain, a service has one a customer.
  private static func ownedIssuers(_ servers: [ServerFacts], _ zones: Zones) -> Set<String> {
    var holders: [String: [Int]] = [:]
    for (index, server) in servers.enumerated() {
      for key in server.issuingKeys { holders[key, default: []].append(index) }
    }
    return Set(
      holders.filter { _, members in
        members.count > 1 && !sharesProvider(members, servers, zones)
          && isOneOwner(members, servers)
      }.keys)
  }

  private static func sharesProvider(
    _ members: [Int], _ servers: [ServerFacts], _ zones: Zones
  ) -> Bool {
    var seen: Set<String> = []
    for member in members {
      for zone in (servers[member].domains ?? []).intersection(zones.providers)
      where !seen.insert(zone).inserted {
        return true
      }
    }
    return false
  }

  private static func isOneOwner(_ members: [Int], _ servers: [ServerFacts]) -> Bool {
    let telling = members.filter { index in
      [servers[index].domains, servers[index].donations, servers[index].contacts]
        .contains { $0?.isEmpty == false }
    }
    var sets = Components(count: telling.count)
    var first: [String: Int] = [:]
    for (place, index) in telling.enumerated() {
      for value in servers[index].ownerTexts {
        if let other = first[value] { sets.join(place, other) } else { first[value] = place }
      }
    }
    let components = Set(sets.representatives).count
    return components <= 1 || 2 * components <= telling.count
  }
}

extension ServerFacts {
  /// Domains and texts, told apart by their kind.
  fileprivate var ownerTexts: [String] {
    let words = Set(certificates.compactMap(\.words))
    return [("domain", domains), ("donation", donations), ("contact", contacts), ("words", words)]
      .flatMap { kind, values in (values ?? []).map { kind + " " + $0 } }
  }
}
