import Addressing
import Collecting
import Records
import TestSupport
import Testing

struct FrontierTests {
  private func peer(
    _ address: String, _ host: String, tcp: Int? = 50001, ssl: Int? = nil
  ) -> AdvertisedPeer {
    AdvertisedPeer(
      address: address, host: host,
      ports: [tcp.map { .init($0, .tcp) }, ssl.map { .init($0, .ssl) }].compactMap { $0 })
  }

  private func frontier(
    routes: Set<AddressFamily> = [.ipv4], limits: Frontier.Limits = .init(),
    optOut: String = "", simulated: [String] = []
  ) throws -> Frontier {
    let rules = ConductRules(
      simulatedRanges: simulated.compactMap { AddressRange($0) },
      optOut: try OptOutList(parsing: optOut, file: "opt-out"))
    return Frontier(rules: rules, routes: routes, limits: limits)
  }

  private func answer(_ name: String, _ addresses: [String]) -> NameResolution {
    NameResolution(name: name, outcome: addresses.isEmpty ? .resolveFailed : .answered).with {
      $0.addresses = addresses
      $0.resolveMicroseconds = 5
    }
  }

  private func contacts(_ actions: [Frontier.Action]) -> [Candidate] {
    actions.compactMap { if case .contact(let candidate) = $0 { candidate } else { nil } }
  }

  private func records(_ actions: [Frontier.Action]) -> [Outcome] {
    actions.compactMap { if case .record(_, let outcome) = $0 { outcome } else { nil } }
  }

  @Test func `an endpoint is contacted once however often it is advertised`() throws {
    var frontier = try frontier()
    let first = frontier.add([peer("8.8.8.8", "8.8.8.8"), peer("8.8.8.8", "8.8.8.8", ssl: 50002)])
    #expect(contacts(first).map(\.port) == [50001, 50002])
    #expect(frontier.add([peer("8.8.8.8", "8.8.8.8", ssl: 50002)]) == [])
  }

  @Test func `a name is looked up once and every address of it is an endpoint`() throws {
    let name = try #require(HostName("A.example."))
    var frontier = try frontier(routes: [.ipv4, .ipv6])
    #expect(frontier.add([peer("a.example", "a.example")]) == [.resolve(name)])
    #expect(frontier.add([peer("a.example", "a.example", ssl: 50002)]) == [])
    let actions = frontier.resolved(name, answer("a.example", ["2600::1", "8.8.8.8"]))
    #expect(contacts(actions).count == 4)
    #expect(Set(contacts(actions).map(\.host)) == ["a.example"])
    let later = frontier.add([peer("a.example", "a.example", tcp: 60001)])
    #expect(contacts(later).map(\.port) == [60001, 60001])
  }

  @Test func `a name that resolves to a private address is recorded and not contacted`() throws {
    let name = try #require(HostName("trap.example"))
    var frontier = try frontier()
    _ = frontier.add([peer("trap.example", "trap.example")])
    let actions = frontier.resolved(
      name, answer("trap.example", ["10.0.0.1", "127.0.0.1", "::ffff:192.168.1.1"]))
    #expect(contacts(actions).isEmpty)
    #expect(
      records(actions) == [
        .untestedNotContactable, .untestedNotContactable, .untestedNotContactable,
      ])
  }

  @Test func `a private address in a peer list makes neither connection nor endpoint`() throws {
    var frontier = try frontier()
    #expect(frontier.add([peer("192.168.1.5", "192.168.1.5")]) == [])
    #expect(frontier.dropped.notContactable == 1)
  }

  @Test func `no route and another transport are untested, each for its reason`() throws {
    var frontier = try frontier()
    let onion = "zklycewkdo64v6wcggzzui64jwtyn37ycr6e44vzqb3yll7ojc567tyd.onion"
    #expect(records(frontier.add([peer(onion, onion)])) == [.untestedNoRoute])
    #expect(records(frontier.add([peer("2600::1", "2600::1")])) == [.untestedNoRoute])
    let web = AdvertisedPeer(address: "8.8.4.4", host: "8.8.4.4", ports: [.init(50003, .ws)])
    #expect(records(frontier.add([web])) == [.untestedTransport])
  }

  @Test func `a name without an address is unresolved only where no list gave one`() throws {
    let name = try #require(HostName("gone.example"))
    var frontier = try frontier()
    _ = frontier.add([peer("8.8.8.8", "gone.example")])
    #expect(frontier.resolved(name, answer("gone.example", [])) == [])
    let actions = frontier.add([peer("gone.example", "gone.example", ssl: 50002)])
    #expect(records(actions) == [.resolveFailed, .resolveFailed])
  }

  @Test
  func `beside an address that can be nobody's server, a name without an address is unresolved`()
    throws
  {
    let name = try #require(HostName("gone.example"))
    var frontier = try frontier()
    _ = frontier.add([peer("127.0.1.1", "gone.example")])
    #expect(records(frontier.resolved(name, answer("gone.example", []))) == [.resolveFailed])
  }

  @Test func `an opted-out name is not contacted at the address that a list gives`() throws {
    var frontier = try frontier(optOut: "*.quiet.example\n9.9.9.0/24")
    let actions = frontier.add([
      peer("8.8.8.8", "a.quiet.example"), peer("9.9.9.9", "other.example"),
    ])
    #expect(contacts(actions).isEmpty)
    #expect(records(actions) == [.untestedOptedOut, .untestedOptedOut])
  }

  @Test func `a flood of invented peers is cut off and counted`() throws {
    var limits = Frontier.Limits()
    limits.peersPerSource = 1_000
    limits.endpoints = 1_500
    var frontier = try frontier(limits: limits)
    let size = Soak.size(10_000, of: 100_000)
    for source in 1...3 {
      let flood = (0..<size).map { peer("\(source).\($0 / 250 + 1).\($0 % 250).9", "") }
      #expect(frontier.add(flood).count <= 1_000)
    }
    #expect(frontier.endpointCount == 1_500)
    #expect(frontier.dropped.overSourceLimit == 3 * (size - 1_000))
    #expect(frontier.dropped.overFrontierLimit > 0)
  }

  @Test func `a list that names every port of one victim gets a few of them`() throws {
    var frontier = try frontier()
    let flood = (1...1_000).map { peer("8.8.8.8", "8.8.8.8", tcp: $0) }
    #expect(contacts(frontier.add(flood)).count == 16)
    #expect(frontier.dropped.overAddressLimit == 984)
  }

  @Test func `random peer lists and look-ups never lead outside the rules`() throws {
    var random = Xorshift(state: 99)
    let opened = try #require(AddressRange("127.20.0.0/16"))
    var frontier = try frontier(simulated: ["127.20.0.0/16"])
    func text() -> String {
      switch random.below(6) {
      case 0: return "127.20.\(random.below(256)).\(random.below(256))"
      case 1: return (0..<4).map { _ in "\(random.below(256))" }.joined(separator: ".")
      case 2: return "::ffff:127.20.0.\(random.below(256))"
      case 3: return "n\(random.below(50)).example"
      case 4: return String(decoding: (0..<9).map { _ in UInt8(random.below(256)) }, as: UTF8.self)
      default: return "2002:7f14:\(random.below(9))::1"
      }
    }
    for _ in 0..<3_000 {
      var actions = frontier.add([peer(text(), text(), ssl: 50002)])
      for case .resolve(let name) in actions {
        actions += frontier.resolved(name, answer(name.text, [text(), text()]))
      }
      for candidate in contacts(actions) {
        #expect(opened.contains(try #require(IPAddress(candidate.address))))
      }
    }
  }

  @Test func `a hosts file gives all addresses of a name in any case`() {
    let hosts = HostsFile(
      parsing: "127.0.0.1 localhost\n# 1.1.1.1 no.example\n8.8.8.8\ta.example B.example # c\n"
        + "2600::1 b.EXAMPLE\nnonsense line\n")
    #expect(hosts["b.example"]?.map(\.text) == ["8.8.8.8", "2600::1"])
    #expect(hosts["no.example"] == nil)
  }
}
