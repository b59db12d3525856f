internal import Addressing
import ElectrumProtocol
internal import Statistics

/// Gives out addresses of sites, each once.
struct AddressPlan {
  private let seed: UInt64
  private let sites: [String: Site]
  private var taken: Set<UInt32>
  private var phantoms = 0

  private static let attempts = 10_000

  init(_ scenario: Scenario) {
    seed = scenario.seed
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

  /// The address after so many moves within the site.
  mutating func address(
    of server: ServerSpec, afterMoves count: Int
  ) throws(ScenarioError) -> String {
    try draw(try site(server.site), purpose: "address|\(server.id)|\(count)")
  }

  mutating func address(of phantom: PhantomSpec) throws(ScenarioError) -> String {
    phantoms += 1
    guard let id = phantom.site else { return phantom.address ?? "" }
    return try draw(try site(id), purpose: "phantom|\(phantoms)")
  }

  /// Of 2001:db8::/32, RFC 3849: the site's number, then what is drawn.
  func ipv6(of server: ServerSpec, siteNumber: Int) -> String? {
    switch server.ipv6 {
    case nil: return nil
    case .given(let text): return text
    case .drawn:
      let draw = NetworkPlan.seed(seed, "ipv6|\(server.id)")
      let groups = [draw >> 16 & 0xFFFF | 1, draw & 0xFFFF | 1].map { String($0, radix: 16) }
      return "2001:db8:\(String(siteNumber + 1, radix: 16))::\(groups[0]):\(groups[1])"
    }
  }

  /// A version 3 onion service of a drawn key, whose secret half nobody has.
  func onion(of server: ServerSpec) -> String? {
    switch server.onion {
    case nil: return nil
    case .given(let text): return text
    case .drawn:
      var random = Xoshiro256StarStar(seed: NetworkPlan.seed(seed, "onion|\(server.id)"))
      let key = (0..<32).map { _ in UInt8(random.nextIndex(below: 256)) }
      return OnionName(publicKey: key)?.text
    }
  }

  /// An address whose last byte is no network's and no broadcast's.
  private mutating func draw(_ site: Site, purpose: String) throws(ScenarioError) -> String {
    var random = Xoshiro256StarStar(seed: NetworkPlan.seed(seed, purpose))
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
