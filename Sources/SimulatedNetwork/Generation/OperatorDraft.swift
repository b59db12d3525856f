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

  /// Part of the servers without TLS; methods 4.9.
  private static let plainShare = 0.15

  init(
    _ owner: NetworkDraft.Owner, parameters: GenerationParameters,
    places: [NetworkDraft.DraftedSite]
  ) {
    self.owner = owner
    self.parameters = parameters
    self.places = places
    random = Xoshiro256StarStar(
      seed: NetworkPlan.seed(UInt64(parameters.seed), "generate|\(owner.number)"))
  }

  mutating func operators() -> [JSONValue] {
    owner.kind == .platform ? customers() : [single()]
  }

  private mutating func single() -> JSONValue {
    let id = "\(owner.kind.rawValue)-\(owner.number)"
    let brand = NameDraft.brand(&random)
    let home = place(isHome: owner.kind == .appliance)
    let isTemplated = owner.kind == .farm || owner.kind == .pro
    var members: [(String, JSONValue)] = [
      ("id", .string(id)), ("kind", .string(owner.kind.rawValue)),
      ("software", .string(SoftwareShares.draw(&random))),
    ]
    members += texts(brand: brand)
    members += [("certificate", certificate(brand: brand, id: id))] + time(id)
    if owner.kind == .stealth, parameters.randomised > 0 {
      members.append(("randomised", .number(parameters.randomised)))
    }
    let servers = (1...owner.size).map { number in
      server(
        id: "\(id)-\(number)", name: name(number, brand: isTemplated ? brand : nil),
        site: owner.kind == .pro || owner.kind == .stealth ? place(isHome: false).id : home.id,
        software: owner.kind == .stealth || owner.kind == .pro
          ? SoftwareShares.draw(&random) : nil)
    }
    return .object(members + [("servers", .array(servers))])
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
              server(
                id: "\(id)-1", name: name, site: sites[random.nextIndex(below: 2)], software: nil)
            ])
          ),
        ] + services)
    }
  }

  private mutating func server(
    id: String, name: String?, site: String, software: String?
  ) -> JSONValue {
    var members: [(String, JSONValue)] = [("id", .string(id)), ("site", .string(site))]
    if let software { members.append(("software", .string(software))) }
    if let name { members.append(("names", .array([.string(name)]))) }
    if random.nextUnit() < Self.plainShare { members.append(("ssl_port", .null)) }
    if random.nextUnit() < (owner.kind == .appliance ? 0.5 : 0.1) {
      members.append(("onion", .boolean(true)))
    }
    if owner.kind != .appliance, random.nextUnit() < 0.15 {
      members.append(("ipv6", .boolean(true)))
    }
    members += [
      ("delay_ms", .integer(5 + random.nextIndex(below: owner.kind == .appliance ? 120 : 40))),
      ("jitter_ms", .integer(random.nextIndex(below: 10))),
    ]
    if random.nextUnit() < parameters.deviantShare {
      members.append(("deviations", .array([DeviationShares.draw(&random)])))
    }
    reachable.append(id)
    return .object(members)
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
