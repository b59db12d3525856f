import Addressing
import Records

/// Whom servers name: as peers, and as themselves.
extension ScanTables {
  /// Places of one server, and servers at one place, that have rows.
  private static let mostPlaces = 32
  private static let mostServersAtPlace = 16

  /// Call when the servers are there.
  mutating func describeClaims(_ advertised: [String: Set<String>]) {
    var named: [AdvertisedServer: Int] = [:]
    for (source, endpoints) in advertised {
      guard let server = serverOf[source] else { continue }
      for endpoint in endpoints {
        guard let other = serverOf[endpoint] else { continue }
        named[AdvertisedServer(serverID: server, advertisedID: other), default: 0] += 1
      }
    }
    advertises = named.map { row, count in row.with { $0.endpoints = count } }
    let own = Dictionary(
      servers.map { ($0.serverID, $0.ownPlaces) }, uniquingKeysWith: { first, _ in first })
    let told = Dictionary(
      servers.map { ($0.serverID, Set($0.hostsClaimed.map(Self.place))) },
      uniquingKeysWith: { first, _ in first })
    let claimed = told.values.reduce(into: Set<String>()) { $0.formUnion($1) }
    var at: [String: [String]] = [:]
    for (server, places) in own {
      for place in places where claimed.contains(place) { at[place, default: []].append(server) }
    }
    for server in servers.map(\.serverID) {
      claims += Self.claims(of: server, told: told, own: own, at: at)
    }
  }

  private static func claims(
    of server: String, told: [String: Set<String>], own: [String: Set<String>],
    at: [String: [String]]
  ) -> [HostClaim] {
    let places = (told[server] ?? []).sorted()
    var dropped = max(0, places.count - mostPlaces)
    var rows: [HostClaim] = []
    for place in places.prefix(mostPlaces) {
      let others = (at[place] ?? []).sorted()
      dropped += max(0, others.count - mostServersAtPlace)
      if others.isEmpty {
        rows.append(HostClaim(serverID: server, place: place, claimedServerID: ""))
      }
      for other in others.prefix(mostServersAtPlace) {
        var row = HostClaim(serverID: server, place: place, claimedServerID: other)
        if other != server, let theirs = told[other], !theirs.isEmpty {
          row.isMutual = !theirs.isDisjoint(with: own[server] ?? [])
        }
        rows.append(row)
      }
    }
    return rows.map { row in row.with { $0.dropped = dropped } }
  }

  /// A name or address in the form in which places compare.
  private static func place(_ host: String) -> String {
    IPAddress(host)?.text ?? DNSName.canonical(host)
  }
}

extension Server {
  /// Where it verifiably is.
  fileprivate var ownPlaces: Set<String> { Set(addresses + verifiedNames) }
}
