import Addressing
public import ElectrumProtocol
import Ordering
public import Records

/// Every endpoint that a scan has heard of, each once, and what is to be done about it.
///
/// Pure: peers and look-ups come in, actions come out, in a stated order. What hostile lists can do
/// is bounded: peers a source, endpoints in all, endpoints an address.
public struct Frontier: Sendable {
  public struct Limits: Sendable {
    /// Peers that one source (a list, or the replies of one address) may make known in a scan.
    public var peersPerSource = 2_000
    /// Endpoints in all.
    public var endpoints = 50_000
    /// Ports of one address: more is a list that points at a victim.
    public var endpointsPerAddress = 16
    /// Addresses of one name: more is an answer that points at strangers.
    public var addressesPerName = 16

    /// Addresses that the names and peers of one source may lead to.
    public var addressesPerSource: Int { 2 * peersPerSource }

    public init() {}
  }

  public enum Action: Sendable, Equatable {
    case resolve(HostName)
    case contact(Candidate)
    /// Nothing is asked, and this is why.
    case record(Candidate, Outcome)

    /// Contact, where we speak the endpoint's transport.
    fileprivate static func spoken(_ candidate: Candidate) -> Action {
      candidate.transport == .ws || candidate.transport == .wss
        ? .record(candidate, .untestedTransport) : .contact(candidate)
    }
  }

  /// What was heard of and not taken in, by reason.
  public struct Dropped: Sendable, Equatable {
    public internal(set) var overSourceLimit = 0
    public internal(set) var overFrontierLimit = 0
    public internal(set) var overAddressLimit = 0
    /// Addresses of names that have too many.
    public internal(set) var overNameLimit = 0
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
    /// Who named it first: what its addresses lead to is counted there.
    let source: String
    var offers: Set<AdvertisedPeer.PortOffer> = []
    /// Those that some list gives without an address: without a look-up they have no other row.
    var nameOnly: Set<AdvertisedPeer.PortOffer> = []
    /// Who but strangers says that it has a port which is known for another service.
    var vouchers: [AdvertisedPeer.PortOffer: Set<Word>] = [:]
    var resolution: NameResolution?
  }

  private struct Endpoint: Hashable {
    let place: String
    let offer: AdvertisedPeer.PortOffer

    init(_ candidate: Candidate) {
      place = candidate.network == .unresolved ? candidate.host : candidate.address
      offer = .init(candidate.port, candidate.transport)
    }
  }

  /// What one source has used up.
  private struct Spending {
    var peers = 0
    var addresses = 0
  }

  private var rules: ConductRules
  private let routes: Set<AddressFamily>
  private let limits: Limits
  private var endpoints: Set<Endpoint> = []
  private var endpointsOfPlace: [String: Int] = [:]
  private var withheld: [Endpoint: Candidate] = [:]
  private var names: [HostName: NameState] = [:]
  private var spending: [String: Spending] = [:]
  private var unnamedSources = 0
  /// Grows with every peer, name or port that was not heard of before, taken in or not.
  private var news = 0
  public private(set) var dropped = Dropped()

  /// - Parameter routes: the address families that this vantage point reaches.
  public init(rules: ConductRules, routes: Set<AddressFamily>, limits: Limits = Limits()) {
    self.rules = rules
    self.routes = routes
    self.limits = limits
  }

  public var endpointCount: Int { endpoints.count }
  package var peersPerSource: Int { limits.peersPerSource }

  /// Every name that was looked up, with its addresses.
  public var resolutions: [NameResolution] { names.values.compactMap(\.resolution) }

  /// Takes in what one source advertises, in the order given.
  ///
  /// What is known already costs the source nothing, so that it can be asked again.
  /// - Parameters:
  ///   - source: a list, or the address of a server; nil: one that never comes again.
  ///   - word: whose word it is: a stranger's leads to no port that is known for another service.
  public mutating func add(
    _ peers: [AdvertisedPeer], from source: String? = nil, on word: Word = .stranger
  ) -> [Action] {
    unnamedSources += source == nil ? 1 : 0
    let source = source ?? "\u{0}\(unnamedSources)"
    var actions: [Action] = []
    for (index, peer) in peers.enumerated() {
      guard spending[source, default: Spending()].peers < limits.peersPerSource else {
        dropped.overSourceLimit += peers.count - index
        break
      }
      let before = news
      actions += add(peer, from: source, on: word)
      if news > before { spending[source, default: Spending()].peers += 1 }
    }
    return actions
  }

  /// Takes in the endpoints that a server claims for itself, which answered at this address.
  package mutating func add(_ words: SelfDescription, of address: String) -> [Action] {
    add(words.hosts, from: address, on: .server(at: address))
  }

  /// Contacts neither the address nor the name again: the server's own words ask for it.
  public mutating func optOut(_ request: OptOutRequest) {
    rules.optOut.insert(request)
  }

  /// Whether a known endpoint may still be contacted.
  public func isOptedOut(_ candidate: Candidate) -> Bool {
    if rules.optOut.contains(name: candidate.host) { return true }
    return IPAddress(candidate.address).map { rules.optOut.contains(address: $0) }
      ?? rules.optOut.contains(name: candidate.address)
  }

  /// Endpoints that only strangers name, at ports that are known for other services, in order. A later
  /// word may still lead to them, so that they are nobody's row until the crawl ends.
  public var withheldEndpoints: [Candidate] { withheld.values.sorted() }

  /// The rows that they get then.
  package var withheldRows: [Connection] {
    withheldEndpoints.map {
      $0.untested(
        .untestedNotContactable, detail: WellKnownService(port: $0.port)?.reason ?? "")
    }
  }

  private mutating func add(
    _ peer: AdvertisedPeer, from source: String, on word: Word
  ) -> [Action] {
    let name = HostName(peer.host)
    let address = IPAddress(peer.address)
    let isOptedOut = name.map { rules.verdict(on: $0) == .optedOut } ?? false
    var actions: [Action] = []
    if let address {
      actions += add(
        address, host: name?.text ?? address.text, offers: peer.ports, isOptedOut: isOptedOut,
        from: source, on: word)
    } else if let other = HostName(peer.address), other != name, !isOptedOut {
      actions += add(other, offers: peer.ports, isNameOnly: true, from: source, on: word)
    }
    if let name {
      // An address that can be nobody's server leads nowhere: the name is all that the peer says.
      let leads = address.map { AddressScope($0) == .global || rules.verdict(on: $0) == .allowed }
      actions += add(
        name, offers: peer.ports, isNameOnly: leads != true, from: source, on: word)
    } else if let other = IPAddress(peer.host), other != address {
      actions += add(
        other, host: other.text, offers: peer.ports, isOptedOut: false, from: source, on: word)
    }
    return actions
  }

  private mutating func add(
    _ address: IPAddress, host: String, offers: [AdvertisedPeer.PortOffer], isOptedOut: Bool,
    from source: String, on word: Word
  ) -> [Action] {
    offers.compactMap { offer in
      let candidate = Candidate(
        network: address.network, address: address.text, host: host, port: offer.port,
        transport: offer.transport)
      if isOptedOut {
        return enter(candidate, from: source) ? .record(candidate, .untestedOptedOut) : nil
      }
      return action(
        on: address, candidate, recordsForbidden: false, from: source,
        isVouched: word.vouches(for: address.text))
    }
  }

  private mutating func add(
    _ name: HostName, offers: [AdvertisedPeer.PortOffer], isNameOnly: Bool, from source: String,
    on word: Word
  ) -> [Action] {
    if name.isOnion {
      return offers.compactMap { action(onion: name, $0, from: source) }
    }
    let isNew = names[name] == nil
    if isNew, names.count >= limits.endpoints {
      news += 1
      dropped.overFrontierLimit += 1
      return []
    }
    let fresh = takeOffers(offers, of: name, isNameOnly: isNameOnly, from: source, on: word)
    if let verdict = rules.verdict(on: name).outcome {
      return (isNameOnly ? offers : []).compactMap { offer in
        let candidate = unresolved(name, offer)
        return enter(candidate, from: source) ? .record(candidate, verdict) : nil
      }
    }
    if let resolution = names[name]?.resolution {
      let offers = resolution.outcome == .answered ? fresh : offers
      return actions(on: resolution, name, offers)
    }
    return isNew ? [.resolve(name)] : []
  }

  /// The ports at which the name was not known yet, no more of them than an address may have; and those
  /// that were known on the word of strangers and are so no longer.
  private mutating func takeOffers(
    _ offers: [AdvertisedPeer.PortOffer], of name: HostName, isNameOnly: Bool, from source: String,
    on word: Word
  ) -> [AdvertisedPeer.PortOffer] {
    var state = names[name] ?? NameState(source: source)
    var fresh: [AdvertisedPeer.PortOffer] = []
    for offer in offers {
      let isNew = !state.offers.contains(offer)
      if isNew {
        news += 1
        guard state.offers.count < limits.endpointsPerAddress else {
          dropped.overAddressLimit += 1
          continue
        }
        state.offers.insert(offer)
      }
      let isVouched =
        word != .stranger && WellKnownService(port: offer.port) != nil
        && state.vouchers[offer, default: []].insert(word).inserted
      if isNew || isVouched { fresh.append(offer) }
      if isNameOnly { state.nameOnly.insert(offer) }
    }
    names[name] = state
    return fresh
  }

  /// An onion name is its own address: the proxy resolves it.
  private mutating func action(
    onion name: HostName, _ offer: AdvertisedPeer.PortOffer, from source: String
  ) -> Action? {
    let candidate = Candidate(
      network: .onion, address: name.text, host: name.text, port: offer.port,
      transport: offer.transport)
    guard enter(candidate, from: source) else { return nil }
    if let outcome = rules.verdict(on: name).outcome { return .record(candidate, outcome) }
    if !routes.contains(.onion) { return .record(candidate, .untestedNoRoute) }
    return .spoken(candidate)
  }

  private func unresolved(_ name: HostName, _ offer: AdvertisedPeer.PortOffer) -> Candidate {
    Candidate(
      network: .unresolved, address: "", host: name.text, port: offer.port,
      transport: offer.transport)
  }

  /// Takes in the answer to a look-up that an action asked for.
  public mutating func resolved(_ name: HostName, _ resolution: NameResolution) -> [Action] {
    var state = names[name] ?? NameState(source: name.text)
    state.resolution = resolution
    names[name] = state
    dropped.overNameLimit += max(0, resolution.addresses.count - limits.addressesPerName)
    return actions(on: resolution, name, state.offers.sorted())
  }

  private mutating func actions(
    on resolution: NameResolution, _ name: HostName, _ offers: [AdvertisedPeer.PortOffer]
  ) -> [Action] {
    let source = names[name]?.source ?? name.text
    guard resolution.outcome == .answered else {
      let nameOnly = names[name]?.nameOnly ?? []
      return offers.filter { nameOnly.contains($0) }.compactMap { offer in
        let candidate = unresolved(name, offer)
        return enter(candidate, from: source) ? .record(candidate, resolution.outcome) : nil
      }
    }
    return offers.flatMap { offer in
      resolution.addresses.prefix(limits.addressesPerName).compactMap { text in
        guard let address = IPAddress(text) else { return nil }
        let candidate = Candidate(
          network: address.network, address: address.text, host: name.text, port: offer.port,
          transport: offer.transport, resolveMicroseconds: resolution.resolveMicroseconds)
        let vouchers = names[name]?.vouchers[offer] ?? []
        return action(
          on: address, candidate, recordsForbidden: true, from: source,
          isVouched: vouchers.contains { $0.vouches(for: address.text) })
      }
    }
  }

  /// - Parameter recordsForbidden: whether an endpoint at a forbidden address gets a row: the answer
  ///   to a look-up does, an address that a peer list invents does not.
  /// - Parameter isVouched: whether more than a stranger's word leads to the endpoint.
  private mutating func action(
    on address: IPAddress, _ candidate: Candidate, recordsForbidden: Bool, from source: String,
    isVouched: Bool
  ) -> Action? {
    let verdict = rules.verdict(on: address)
    let hasRoute = routes.contains(address.network)
    if case .notContactable = verdict, !recordsForbidden {
      dropped.notContactable += 1
      news += 1
      return nil
    }
    if verdict == .outsideSimulation, hasRoute, !recordsForbidden {
      dropped.notContactable += 1
      news += 1
      return nil
    }
    let isReleased = isVouched && withheld.removeValue(forKey: Endpoint(candidate)) != nil
    guard isReleased || enter(candidate, from: source) else { return nil }
    if !hasRoute, verdict == .allowed || verdict == .outsideSimulation {
      return .record(candidate, .untestedNoRoute)
    }
    if let outcome = verdict.outcome { return .record(candidate, outcome) }
    let action = Action.spoken(candidate)
    if case .contact = action, !isVouched, WellKnownService(port: candidate.port) != nil {
      withheld[Endpoint(candidate)] = candidate
      return nil
    }
    return action
  }

  /// True where the endpoint is new and within the limits.
  private mutating func enter(_ candidate: Candidate, from source: String) -> Bool {
    let endpoint = Endpoint(candidate)
    let place = endpoint.place
    if endpoints.contains(endpoint) { return false }
    news += 1
    guard endpoints.count < limits.endpoints else {
      dropped.overFrontierLimit += 1
      return false
    }
    let count = endpointsOfPlace[place] ?? 0
    guard count < limits.endpointsPerAddress else {
      dropped.overAddressLimit += 1
      return false
    }
    if count == 0 {
      guard spending[source, default: Spending()].addresses < limits.addressesPerSource else {
        dropped.overSourceLimit += 1
        return false
      }
      spending[source, default: Spending()].addresses += 1
    }
    endpoints.insert(endpoint)
    endpointsOfPlace[place] = count + 1
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
