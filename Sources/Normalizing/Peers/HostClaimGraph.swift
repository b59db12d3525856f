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
  /// Addresses of one name and family that are looked at.
  private static let addressesConsidered = 17

  /// Claimed places in their order.
  private let places: [String]
  /// Numbers of the places that each endpoint claims, ascending.
  private let claimed: [[Int]]
  /// Numbers of the claimed places that each endpoint is at.
  private let own: [Set<Int>]
  /// Endpoints at each claimed place, ascending.
  private let endpoints: [[Int]]
  /// Claimed names and addresses, each once and in order.
  private let hosts: [[String]]
  /// Whether `hosts` are all that each endpoint names.
  private let isComplete: [Bool]
  /// Where each claimed name or address leads, by family.
  private let addresses: [String: [AddressFamily: [NamedPlace]]]

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
    hosts = evidence.map { endpoint in
      Set(Self.named(by: endpoint.draft).map(\.name)).subtracting([""]).sorted()
    }
    isComplete = evidence.map { $0.draft.answers.hosts.count <= Self.hostsConsidered }
    addresses = Self.addresses(of: Set(hosts.joined()), evidence)
  }

  /// What a claimed name leads to: an address of the scan, or one that nothing is known of.
  struct NamedPlace: Equatable {
    let network: AddressFamily
    let address: String
    /// All at the address, ascending.
    var endpoints: [Int] = []
  }

  private static func addresses(
    of hosts: Set<String>, _ evidence: [EndpointEvidence]
  ) -> [String: [AddressFamily: [NamedPlace]]] {
    var leads: [String: Set<String>] = [:]
    for draft in evidence.lazy.map(\.draft) {
      for host in draft.verifiedNames.union([draft.address]) where hosts.contains(host) {
        leads[host, default: []].insert(draft.address)
      }
    }
    let named = leads.values.reduce(into: Set<String>()) { $0.formUnion($1) }
    var places: [String: NamedPlace] = [:]
    for (index, endpoint) in evidence.enumerated() where named.contains(endpoint.draft.address) {
      let draft = endpoint.draft
      places[
        draft.address, default: NamedPlace(network: draft.network, address: draft.address)
      ].endpoints.append(index)
    }
    return leads.mapValues { addresses in
      Dictionary(grouping: addresses.sorted().compactMap { places[$0] }, by: \.network)
        .mapValues { Array($0.prefix(addressesConsidered)) }
    }
  }

  /// The addresses of these families that an endpoint's words lead to. A name that led to none
  /// may lead to either family of clearnet.
  /// - Returns: nil where they are more than can be looked at.
  func places(namedBy index: Int, in families: Set<AddressFamily>) -> [NamedPlace]? {
    guard isComplete[index] else { return nil }
    var seen: Set<String> = []
    let places = hosts[index].flatMap { host -> [NamedPlace] in
      if let known = addresses[host] { return families.flatMap { known[$0] ?? [] } }
      let network = host.hasSuffix(".onion") ? .onion : IPAddress(host)?.network
      let unknown = network.map { [$0] } ?? [.ipv4, .ipv6]
      return unknown.filter(families.contains).map { NamedPlace(network: $0, address: host) }
    }.filter { seen.insert($0.address).inserted }
    return places.count < Self.addressesConsidered
      ? places.sorted { $0.address < $1.address } : nil
  }

  private static func claims(of draft: EndpointDraft) -> Set<String> {
    named(by: draft).reduce(into: []) { claims, host in
      for port in host.ports where !host.name.isEmpty { claims.insert(place(host.name, port)) }
    }
  }

  private static func named(by draft: EndpointDraft) -> [(name: String, ports: [Int])] {
    draft.answers.hosts.prefix(hostsConsidered).map { host in
      (IPAddress(host.name)?.text ?? DNSName.canonical(host.name), host.ports)
    }
  }

  private static func place(_ name: String, _ port: Int) -> String { "\(name):\(port)" }

  /// Endpoints at a place that claim a place, by both in their order: whoever stands in a direction
  /// and whoever stands in the reversed one name each other.
  private func directions() -> [(direction: Direction, members: [Int])] {
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

  /// Endpoints that name each other: each of `own` names a place that each of `others` is at, and the
  /// reverse.
  struct MutualBlock {
    let own: [Int]
    let others: [Int]
    /// Whether it is one place that all of them are at and name.
    let isOnePlace: Bool
    /// The places.
    let text: String
  }

  /// By their places in order.
  func mutual() -> [MutualBlock] {
    let directions = directions()
    let members = Dictionary(
      directions.map { ($0.direction, $0.members) }, uniquingKeysWith: { first, _ in first })
    return directions.compactMap { direction, own in
      guard direction.own <= direction.claimed, let others = members[direction.reversed] else {
        return nil
      }
      return MutualBlock(
        own: own, others: others, isOnePlace: direction.own == direction.claimed,
        text: text(direction))
    }
  }

  private func text(_ direction: Direction) -> String {
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
