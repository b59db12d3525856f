public import ElectrumProtocol
public import Records

/// Every endpoint that a scan has heard of, each once, and what is to be done about it.
///
/// Pure: peers and look-ups come in, actions come out, in a stated order. What hostile lists can do
/// is bounded: peers a source, endpoints in all, endpoints an address.
public struct Frontier: Sendable {
  public struct Limits: Sendable {
    /// Peers taken from one source (a list, or one server's reply).
    public var peersPerSource = 2_000
    /// Endpoints in all.
    public var endpoints = 50_000
    /// Ports of one address: more is a list that points at a victim.
    public var endpointsPerAddress = 16

    public init() {}
  }

  public enum Action: Sendable, Equatable {
    case resolve(HostName)
    case contact(Candidate)
    /// Nothing is asked, and this is why.
    case record(Candidate, Outcome)
  }

  /// What was heard of and not taken in, by reason.
  public struct Dropped: Sendable, Equatable {
    public internal(set) var overSourceLimit = 0
    public internal(set) var overFrontierLimit = 0
    public internal(set) var overAddressLimit = 0
    /// Advertised addresses that no rule lets us contact; they stay visible in the replies.
    public internal(set) var notContactable = 0

    /// For who tells a frontier of repeats only once.
    package func adding(notContactable count: Int) -> Dropped {
      var result = self
      result.notContactable += count
      return result
    }
  }

  private struct NameState {
    var offers: Set<AdvertisedPeer.PortOffer> = []
    /// Those that some list gives without an address: without a look-up they have no other row.
    var nameOnly: Set<AdvertisedPeer.PortOffer> = []
    var resolution: NameResolution?
  }

  private struct Endpoint: Hashable {
    let place: String
    let offer: AdvertisedPeer.PortOffer
  }

  private let rules: ConductRules
  private let routes: Set<Network>
  private let limits: Limits
  private var endpoints: Set<Endpoint> = []
  private var endpointsOfPlace: [String: Int] = [:]
  private var names: [HostName: NameState] = [:]
  public private(set) var dropped = Dropped()

  /// - Parameter routes: the address families that this vantage point reaches.
  public init(rules: ConductRules, routes: Set<Network>, limits: Limits = Limits()) {
    self.rules = rules
    self.routes = routes
    self.limits = limits
  }

  public var endpointCount: Int { endpoints.count }

  /// Every name that was looked up, with its addresses.
  public var resolutions: [NameResolution] { names.values.compactMap(\.resolution) }

  /// Takes in what one source advertises: the peers as listed, repeats counted once.
  public mutating func add(_ peers: [AdvertisedPeer]) -> [Action] {
    dropped.overSourceLimit += max(0, peers.count - limits.peersPerSource)
    return peers.prefix(limits.peersPerSource).flatMap { add($0) }
  }

  private mutating func add(_ peer: AdvertisedPeer) -> [Action] {
    let name = HostName(peer.host)
    let address = IPAddress(peer.address)
    let isOptedOut = name.map { rules.verdict(on: $0) == .optedOut } ?? false
    var actions: [Action] = []
    if let address {
      actions += add(
        address, host: name?.text ?? address.text, offers: peer.ports, isOptedOut: isOptedOut)
    } else if let other = HostName(peer.address), other != name, !isOptedOut {
      actions += add(other, offers: peer.ports, isNameOnly: true)
    }
    if let name {
      actions += add(name, offers: peer.ports, isNameOnly: address == nil)
    } else if let other = IPAddress(peer.host), other != address {
      actions += add(other, host: other.text, offers: peer.ports, isOptedOut: false)
    }
    return actions
  }

  private mutating func add(
    _ address: IPAddress, host: String, offers: [AdvertisedPeer.PortOffer], isOptedOut: Bool
  ) -> [Action] {
    offers.compactMap { offer in
      let candidate = Candidate(
        network: address.network, address: address.text, host: host, port: offer.port,
        transport: offer.transport)
      if isOptedOut { return enter(candidate) ? .record(candidate, .untestedOptedOut) : nil }
      return action(on: address, candidate, recordsForbidden: false)
    }
  }

  private mutating func add(
    _ name: HostName, offers: [AdvertisedPeer.PortOffer], isNameOnly: Bool
  ) -> [Action] {
    if name.isOnion {
      return offers.compactMap { offer in
        let (candidate, outcome) = untested(onion: name, offer)
        return enter(candidate) ? .record(candidate, outcome) : nil
      }
    }
    let isNew = names[name] == nil
    if isNew, names.count >= limits.endpoints {
      dropped.overFrontierLimit += 1
      return []
    }
    let fresh = offers.filter { names[name, default: NameState()].offers.insert($0).inserted }
    if isNameOnly { names[name]?.nameOnly.formUnion(offers) }
    if let verdict = rules.verdict(on: name).outcome {
      return (isNameOnly ? offers : []).compactMap { offer in
        let candidate = unresolved(name, offer)
        return enter(candidate) ? .record(candidate, verdict) : nil
      }
    }
    if let resolution = names[name]?.resolution {
      let offers = resolution.outcome == .answered ? fresh : offers
      return actions(on: resolution, name, offers)
    }
    return isNew ? [.resolve(name)] : []
  }

  private func untested(
    onion name: HostName, _ offer: AdvertisedPeer.PortOffer
  ) -> (Candidate, Outcome) {
    let candidate = Candidate(
      network: .onion, address: name.text, host: name.text, port: offer.port,
      transport: offer.transport)
    return (candidate, rules.verdict(on: name).outcome ?? .untestedNoRoute)
  }

  private func unresolved(_ name: HostName, _ offer: AdvertisedPeer.PortOffer) -> Candidate {
    Candidate(
      network: .unresolved, address: "", host: name.text, port: offer.port,
      transport: offer.transport)
  }

  /// Takes in the answer to a look-up that an action asked for.
  public mutating func resolved(_ name: HostName, _ resolution: NameResolution) -> [Action] {
    names[name, default: NameState()].resolution = resolution
    return actions(on: resolution, name, names[name]?.offers.sorted() ?? [])
  }

  private mutating func actions(
    on resolution: NameResolution, _ name: HostName, _ offers: [AdvertisedPeer.PortOffer]
  ) -> [Action] {
    guard resolution.outcome == .answered else {
      let nameOnly = names[name]?.nameOnly ?? []
      return offers.filter { nameOnly.contains($0) }.compactMap { offer in
        let candidate = unresolved(name, offer)
        return enter(candidate) ? .record(candidate, resolution.outcome) : nil
      }
    }
    return offers.flatMap { offer in
      resolution.addresses.compactMap { text in
        guard let address = IPAddress(text) else { return nil }
        let candidate = Candidate(
          network: address.network, address: address.text, host: name.text, port: offer.port,
          transport: offer.transport, resolveMicroseconds: resolution.resolveMicroseconds)
        return action(on: address, candidate, recordsForbidden: true)
      }
    }
  }

  /// - Parameter recordsForbidden: whether an endpoint at a forbidden address gets a row: the answer
  ///   to a look-up does, an address that a peer list invents does not.
  private mutating func action(
    on address: IPAddress, _ candidate: Candidate, recordsForbidden: Bool
  ) -> Action? {
    let verdict = rules.verdict(on: address)
    let hasRoute = routes.contains(address.network)
    if case .notContactable = verdict, !recordsForbidden {
      dropped.notContactable += 1
      return nil
    }
    if verdict == .outsideSimulation, hasRoute, !recordsForbidden {
      dropped.notContactable += 1
      return nil
    }
    guard enter(candidate) else { return nil }
    if !hasRoute, verdict == .allowed || verdict == .outsideSimulation {
      return .record(candidate, .untestedNoRoute)
    }
    if let outcome = verdict.outcome { return .record(candidate, outcome) }
    if candidate.transport == .ws || candidate.transport == .wss {
      return .record(candidate, .untestedTransport)
    }
    return .contact(candidate)
  }

  /// True where the endpoint is new and within the limits.
  private mutating func enter(_ candidate: Candidate) -> Bool {
    let place = candidate.network == .unresolved ? candidate.host : candidate.address
    let endpoint = Endpoint(
      place: place, offer: .init(candidate.port, candidate.transport))
    if endpoints.contains(endpoint) { return false }
    guard endpoints.count < limits.endpoints else {
      dropped.overFrontierLimit += 1
      return false
    }
    guard endpointsOfPlace[place, default: 0] < limits.endpointsPerAddress else {
      dropped.overAddressLimit += 1
      return false
    }
    endpoints.insert(endpoint)
    endpointsOfPlace[place, default: 0] += 1
    return true
  }
}

extension AdvertisedPeer {
  /// A peer tuple's endpoints; an order of the ports that does not depend on how it was written.
  public init(_ tuple: PeerTuple) {
    var ports: [PortOffer] = []
    if let port = tuple.tcpPort { ports.append(.init(port, .tcp)) }
    if let port = tuple.sslPort { ports.append(.init(port, .ssl)) }
    self.init(address: tuple.address, host: tuple.host, ports: ports)
  }
}
