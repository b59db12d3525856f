internal import Statistics

/// Gives out addresses of sites, each once.
struct AddressPlan {
  private let scenario: Scenario
  private let sites: [String: Site]
  private var taken: Set<UInt32>
  private var phantoms = 0

  private static let attempts = 10_000

  init(_ scenario: Scenario) {
    self.scenario = scenario
    sites = Dictionary(scenario.sites.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    taken = Set(scenario.servers.compactMap { $0.address.flatMap(IPv4.number) })
  }

  func site(_ id: String) throws(ScenarioError) -> Site {
    guard let site = sites[id] else {
      throw ScenarioError(
        .unknownName, place: "site", expected: "the id of a site", found: "\"\(id)\"")
    }
    return site
  }

  mutating func address(of server: ServerSpec) throws(ScenarioError) -> String {
    if let address = server.address { return address }
    return try draw(try site(server.site), purpose: "address|\(server.id)")
  }

  mutating func address(of phantom: Scenario.Phantom) throws(ScenarioError) -> String {
    phantoms += 1
    guard let id = phantom.site else { return phantom.address ?? "" }
    return try draw(try site(id), purpose: "phantom|\(phantoms)")
  }

  /// An address whose last byte is no network's and no broadcast's.
  private mutating func draw(_ site: Site, purpose: String) throws(ScenarioError) -> String {
    var random = Xoshiro256StarStar(seed: NetworkPlan.seed(scenario.seed, purpose))
    for _ in 0..<Self.attempts {
      let offset = UInt32(random.nextIndex(below: 1 << (32 - site.prefix.bits)))
      let address = site.prefix.address + offset
      guard (1...254).contains(address & 0xFF), address != 0x7F00_0001,
        taken.insert(address).inserted
      else { continue }
      return IPv4.text(address)
    }
    throw ScenarioError(
      .outOfRange, place: "site \(site.id).prefix", expected: "room for its servers",
      found: "none left")
  }
}
