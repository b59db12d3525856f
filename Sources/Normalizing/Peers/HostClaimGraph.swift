import Addressing
import Records

/// Who names whom in server.features: claims of endpoints on places, a place being a name or address
/// with a port. A name is a place's only where a look-up of the scan led it there.
struct HostClaimGraph {
  /// A claim on the place `claimed` by an endpoint at the place `own`.
  struct Direction: Hashable, Comparable {
    let own: Int
    let claimed: Int

    var reversed: Direction { Direction(own: claimed, claimed: own) }

    static func < (left: Direction, right: Direction) -> Bool {
      (left.own, left.claimed) < (right.own, right.claimed)
    }
  }

  /// Hosts of one endpoint that are looked at: an honest server has a handful.
  private static let hostsConsidered = 32

  /// Claimed places in their order.
  private let places: [String]
  /// Numbers of the places that each endpoint claims, ascending.
  private let claimed: [[Int]]
  /// Numbers of the claimed places that each endpoint is at.
  private let own: [Set<Int>]
  /// Endpoints at each claimed place, ascending.
  private let endpoints: [[Int]]

  init(_ evidence: [EndpointEvidence]) {
    let claims = evidence.map { Self.claims(of: $0.draft) }
    places = claims.reduce(into: Set<String>()) { $0.formUnion($1) }.sorted()
    let numbers = Dictionary(uniqueKeysWithValues: places.enumerated().map { ($1, $0) })
    claimed = claims.map { $0.compactMap { numbers[$0] }.sorted() }
    own = evidence.map { endpoint in
      let draft = endpoint.draft
      let names = draft.verifiedNames.union([draft.address])
      return Set(names.compactMap { numbers[Self.place($0, draft.port)] })
    }
    var endpoints = [[Int]](repeating: [], count: places.count)
    for (index, places) in own.enumerated() {
      for place in places { endpoints[place].append(index) }
    }
    self.endpoints = endpoints
  }

  private static func claims(of draft: EndpointDraft) -> Set<String> {
    draft.answers.hosts.prefix(hostsConsidered).reduce(into: []) { claims, host in
      let name = IPAddress(host.name)?.text ?? DNSName.canonical(host.name)
      for port in host.ports where !name.isEmpty { claims.insert(place(name, port)) }
    }
  }

  private static func place(_ name: String, _ port: Int) -> String { "\(name):\(port)" }

  /// Endpoints at a place that claim a place, by both in their order: whoever stands in a direction
  /// and whoever stands in the reversed one name each other.
  func directions() -> [(direction: Direction, members: [Int])] {
    var directions: [Direction: [Int]] = [:]
    for (index, own) in own.enumerated() where !claimed[index].isEmpty {
      for place in own {
        for claim in claimed[index] {
          directions[Direction(own: place, claimed: claim), default: []].append(index)
        }
      }
    }
    return directions.map { ($0.key, $0.value) }.sorted { $0.direction < $1.direction }
  }

  func text(_ direction: Direction) -> String {
    direction.own == direction.claimed
      ? places[direction.own] : "\(places[direction.own]) \(places[direction.claimed])"
  }

  /// The endpoints that one claims without their claiming it: the first of each place.
  func oneSided(of index: Int, limit: Int) -> [Int] {
    let others = claimed[index].reduce(into: Set<Int>()) { others, place in
      others.formUnion(endpoints[place].prefix(limit))
    }
    return others.filter { $0 != index && own[index].isDisjoint(with: claimed[$0]) }.sorted()
  }
}
