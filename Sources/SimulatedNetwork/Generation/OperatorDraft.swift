internal import Artifact
internal import Statistics

/// One operator in the making; a platform becomes as many operators as it has customers.
struct OperatorDraft {
  private let owner: NetworkDraft.Owner
  private let parameters: GenerationParameters
  private let places: [NetworkDraft.DraftedSite]
  private var random: Xoshiro256StarStar
  /// Ids of servers with a name or address that a list of known servers might have.
  private(set) var reachable: [String] = []

  /// Servers of others that its own name, and that name it.
  private let friends: [String]
  /// What is drawn besides: a channel of its own, so that the rest stays as it was.
  private var further: Xoshiro256StarStar

  /// Part of the servers without TLS.
  private static let plainShare = 0.15
  /// Part of the servers that name ports of WebSocket, and that are listed with a port nobody
  /// listens on.
  private static let furtherPortShare = 0.1
  /// Part of the operators of a few servers that name each of them in all, and that run two at one
  /// address.
  private static let mutualShare = 0.5
  private static let oneAddressShare = 0.7

  init(
    _ owner: NetworkDraft.Owner, parameters: GenerationParameters,
    places: [NetworkDraft.DraftedSite], friends: [String] = []
  ) {
    self.owner = owner
    self.friends = friends
    further = Xoshiro256StarStar(
      seed: NetworkPlan.seed(UInt64(parameters.seed), "generate|further|\(owner.number)"))
    self.parameters = parameters
    self.places = places
    random = Xoshiro256StarStar(
      seed: NetworkPlan.seed(UInt64(parameters.seed), "generate|\(owner.number)"))
  }

  mutating func operators() -> [JSONValue] {
    owner.kind == .platform ? customers() : [single()]
  }

  private mutating func single() -> JSONValue {
    let id = owner.id
    let brand = NameDraft.brand(&random)
    let home = place(isHome: owner.kind == .appliance)
    let isTemplated = owner.kind == .farm || owner.kind == .pro
    let software = SoftwareShares.draw(&random)
    var members: [(String, JSONValue)] = [
      ("id", .string(id)), ("kind", .string(owner.kind.rawValue)), ("software", .string(software)),
    ]
    members += texts(brand: brand)
    let certificate = certificate(brand: brand, id: id)
    members += [("certificate", certificate)] + time(id)
    if owner.kind == .stealth, parameters.randomised > 0 {
      members.append(("randomised", .number(parameters.randomised)))
    }
    var servers = (1...owner.size).map { number in
      server(
        id: "\(id)-\(number)", name: name(number, brand: isTemplated ? brand : nil),
        site: owner.kind == .pro || owner.kind == .stealth ? place(isHome: false).id : home.id,
        software: owner.kind == .stealth || owner.kind == .pro
          ? SoftwareShares.draw(&random) : nil, common: software)
    }
    let sharesAddress = certificate["key"] == nil && shareAddress(&servers)
    nameEachOther(&servers, id: id, hasSharedAddress: sharesAddress)
    return .object(members + [("servers", .array(servers.map { .object($0) }))])
  }

  /// People of a user group, and some operators of a few servers, name each other's.
  ///
  /// Two at one address do not: nothing would tell them from one server with more ports.
  private mutating func nameEachOther(
    _ servers: inout [[(String, JSONValue)]], id: String, hasSharedAddress: Bool
  ) {
    let isMutual = owner.kind == .pro && further.nextUnit() < Self.mutualShare
    for index in servers.indices {
      let own = isMutual ? servers.indices.filter { $0 != index } : []
      let others =
        own.filter { !hasSharedAddress || max(index, $0) > 1 }.map { "\(id)-\($0 + 1)" } + friends
      if !others.isEmpty {
        servers[index].append(("also_names", .array(others.map { .string($0) })))
      }
    }
  }

  /// The second of an operator's servers at the address of the first, with ports of its own.
  /// - Returns: whether there is one.
  private mutating func shareAddress(_ servers: inout [[(String, JSONValue)]]) -> Bool {
    guard owner.kind == .pro, servers.count > 1, further.nextUnit() < Self.oneAddressShare,
      let site = servers[0].first(where: { $0.0 == "site" })?.1,
      let prefix = places.first(where: { .string($0.id) == site })?.prefix
    else { return false }
    let number = owner.number % 3_750
    let address = "127.\(prefix).\(240 + number / 250).\(1 + number % 250)"
    let hasTLS = !servers[1].contains { $0.0 == "ssl_port" }
    servers[1].removeAll { ["site", "ssl_port"].contains($0.0) }
    servers[0].append(("address", .string(address)))
    servers[1] += [
      ("site", site), ("address", .string(address)), ("tcp_port", .integer(60_001)),
      ("ssl_port", hasTLS ? .integer(60_002) : .null),
    ]
    return true
  }

  /// Customers of one service: alike in all that the service sets, each an operator of its own.
  private mutating func customers() -> [JSONValue] {
    let brand = NameDraft.brand(&random)
    let software = SoftwareShares.draw(&random)
    let sites = [place(isHome: false).id, place(isHome: false).id]
    let services = time("platform-\(owner.number)")
    return (1...owner.size).map { number in
      let id = "platform-\(owner.number)-\(number)"
      let customer = String(random.next() >> 44, radix: 36)
      let name = "node-\(customer)\(number).\(brand).test"
      return .object(
        [
          ("id", .string(id)), ("kind", .string("platform")), ("software", .string(software)),
          ("banner", .string("Managed by \(brand). Your node, your rules.\n")),
          (
            "certificate",
            .object([
              ("issuer", .string("authority")), ("age_days", .integer(random.nextIndex(below: 60))),
            ])
          ),
          (
            "servers",
            .array([
              .object(
                server(
                  id: "\(id)-1", name: name, site: sites[random.nextIndex(below: 2)],
                  software: nil, common: software))
            ])
          ),
        ] + services)
    }
  }

  private mutating func server(
    id: String, name: String?, site: String, software: String?, common: String
  ) -> [(String, JSONValue)] {
    // What cannot be told to name its places has none beside its first.
    let canName = !(software ?? common).hasPrefix("electrs")
    var hasTwin = false
    var members: [(String, JSONValue)] = [("id", .string(id)), ("site", .string(site))]
    if let software { members.append(("software", .string(software))) }
    if let name { members.append(("names", .array([.string(name)]))) }
    if random.nextUnit() < Self.plainShare { members.append(("ssl_port", .null)) }
    if random.nextUnit() < (owner.kind == .appliance ? 0.5 : 0.1), canName {
      members.append(("onion", .boolean(true)))
      hasTwin = true
    }
    if owner.kind != .appliance, random.nextUnit() < 0.15, canName {
      members.append(("ipv6", .boolean(true)))
      hasTwin = true
    }
    if hasTwin { members.append(("features_hosts", .string("all"))) }
    members += furtherPorts()
    members += [
      ("delay_ms", .integer(5 + random.nextIndex(below: owner.kind == .appliance ? 120 : 40))),
      ("jitter_ms", .integer(random.nextIndex(below: 10))),
    ]
    if random.nextUnit() < parameters.deviantShare {
      members.append(("deviations", .array([DeviationShares.draw(&random)])))
    }
    reachable.append(id)
    return members
  }

  private mutating func furtherPorts() -> [(String, JSONValue)] {
    var members: [(String, JSONValue)] = []
    if further.nextUnit() < Self.furtherPortShare {
      members += [("ws_port", .integer(50_003)), ("wss_port", .integer(50_004))]
    }
    if further.nextUnit() < Self.furtherPortShare {
      members.append(("silent_ports", .array([.integer(51_000 + further.nextIndex(below: 1_000))])))
    }
    return members
  }

  /// Appliances and half of the rented machines have what the software ships with.
  private mutating func texts(brand: String) -> [(String, JSONValue)] {
    let isDefault =
      owner.kind == .appliance || owner.kind == .stealth
      || (owner.kind == .vps && random.nextUnit() < 0.5)
    if isDefault { return [] }
    var members = [("banner", JSONValue.string("Welcome to \(brand), an Electrum server.\n"))]
    if random.nextUnit() < 0.6 {
      members.append(("donation_address", .string(NameDraft.donationAddress(&random))))
    }
    return members
  }

  private mutating func certificate(brand: String, id: String) -> JSONValue {
    var members: [(String, JSONValue)] = []
    switch owner.kind {
    case .appliance:
      members = [("common_name", .string("localhost")), ("age_days", .integer(age))]
    case .vps:
      members =
        random.nextUnit() < 0.25
        ? [("issuer", .string("authority"))] : [("age_days", .integer(age))]
      if random.nextUnit() < 0.3 { members.append(("algorithm", .string("rsa"))) }
    case .pro:
      members = [("organization", .string(brand)), ("age_days", .integer(age))]
      if random.nextUnit() < 0.4 { members.append(("key", .string(id))) }
    case .farm:
      members = [
        ("batch", .string(id)), ("age_days", .integer(age)), ("valid_days", .integer(1_825)),
      ]
    case .stealth:
      members =
        random.nextUnit() < 0.3
        ? [("batch", .string(id)), ("age_days", .integer(age))] : [("age_days", .integer(age))]
    case .platform: break
    }
    return .object(members)
  }

  private var age: Int {
    mutating get { 10 + random.nextIndex(below: 1_500) }
  }

  private mutating func time(_ channel: String) -> [(String, JSONValue)] {
    let isHome = owner.kind == .appliance
    let up = isHome ? 40 + random.nextIndex(below: 60) : 120 + random.nextIndex(below: 300)
    var members: [(String, JSONValue)] = [
      (
        "uptime",
        .object([
          ("mean_up_epochs", .integer(up)), ("mean_down_epochs", .integer(isHome ? 4 : 2)),
          ("mean_restart_epochs", .integer(isHome ? 60 : 200)),
        ])
      ),
      ("upgrades", .object(upgrades(channel))),
    ]
    if isHome, random.nextUnit() < 0.4 { members.append(("move_epochs", .integer(60))) }
    return members
  }

  private mutating func upgrades(_ channel: String) -> [(String, JSONValue)] {
    if owner.kind == .platform || owner.kind == .farm {
      return [
        ("policy", .string("wave")), ("channel", .string(channel)),
        ("mean_lag_epochs", .integer(12)),
      ]
    }
    let draw = random.nextUnit()
    let policy = draw < 0.5 ? "pinned" : draw < 0.65 ? "prompt" : "lagging"
    return [("policy", .string(policy))]
  }

  /// By template where the operator's servers openly belong together.
  private mutating func name(_ number: Int, brand: String?) -> String? {
    if let brand {
      return owner.kind == .farm
        ? "n\(number).\(brand).example" : "electrum\(number).\(brand).example"
    }
    if owner.kind == .appliance, random.nextUnit() < 0.6 { return nil }
    if owner.kind == .vps, random.nextUnit() < 0.25 { return nil }
    return NameDraft.host(&random)
  }

  private mutating func place(isHome: Bool) -> NetworkDraft.DraftedSite {
    let weights = places.map {
      (isHome ? $0.hoster.home : $0.hoster.rented) / Double($0.hoster.places.count)
    }
    return places[NameDraft.choice(weights, &random)]
  }
}
