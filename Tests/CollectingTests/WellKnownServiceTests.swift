import Addressing
import Collecting
import ElectrumProtocol
import Records
import Testing

struct WellKnownServiceTests {
  private func peer(_ place: String, _ port: Int, host: String? = nil) -> AdvertisedPeer {
    AdvertisedPeer(address: place, host: host ?? place, ports: [.init(port, .tcp)])
  }

  private func frontier(_ routes: Set<AddressFamily> = [.ipv4, .ipv6, .onion]) -> Frontier {
    Frontier(rules: ConductRules(), routes: routes)
  }

  private func contacted(_ actions: [Frontier.Action]) -> [String] {
    actions.compactMap {
      if case .contact(let candidate) = $0 { "\(candidate.address) \(candidate.port)" } else { nil }
    }
  }

  private func answer(_ name: String, _ addresses: [String]) -> NameResolution {
    NameResolution(name: name, outcome: .answered).with { $0.addresses = addresses }
  }

  @Test(arguments: [
    21, 22, 23, 25, 53, 80, 110, 143, 445, 3306, 3389, 5432, 6379, 8332, 8333,
  ]) func `a port that is known for another service is not contacted on a stranger's word`(
    port: Int
  )
    throws
  {
    let name = try #require(HostName("a.example"))
    var frontier = frontier()
    #expect(contacted(frontier.add([peer("8.8.8.8", port), peer("2600::1", port)])) == [])
    #expect(frontier.add([peer("a.example", port)]) == [.resolve(name)])
    #expect(contacted(frontier.resolved(name, answer("a.example", ["9.9.9.9"]))) == [])
    #expect(frontier.withheldEndpoints.map(\.address) == ["8.8.8.8", "9.9.9.9", "2600::1"])
  }

  @Test(arguments: [443, 700, 50001, 50002, 51002, 60002])
  func `other ports are contacted on anybody's word`(port: Int) {
    var frontier = frontier()
    #expect(contacted(frontier.add([peer("8.8.8.8", port)])) == ["8.8.8.8 \(port)"])
  }

  @Test func `a list that somebody answers for leads to such a port, whoever named it before`()
    throws
  {
    let name = try #require(HostName("a.example"))
    var frontier = frontier()
    _ = frontier.add([peer("a.example", 110), peer("8.8.4.4", 110)])
    #expect(contacted(frontier.resolved(name, answer("a.example", ["8.8.8.8"]))) == [])
    #expect(contacted(frontier.add([peer("a.example", 110)], on: .list)) == ["8.8.8.8 110"])
    #expect(contacted(frontier.add([peer("8.8.4.4", 110)], on: .list)) == ["8.8.4.4 110"])
    #expect(frontier.withheldEndpoints.isEmpty)
    #expect(contacted(frontier.add([peer("a.example", 110)], on: .list)) == [])
  }

  @Test func `a server's own words lead to such a port of its address and of no other`() throws {
    let name = try #require(HostName("a.example"))
    let own = Word.server(at: "8.8.8.8")
    var frontier = frontier()
    #expect(frontier.add([peer("a.example", 25)], on: own) == [.resolve(name)])
    let actions = frontier.resolved(name, answer("a.example", ["8.8.8.8", "9.9.9.9"]))
    #expect(contacted(actions) == ["8.8.8.8 25"])
    #expect(contacted(frontier.add([peer("8.8.8.8", 22)], on: own)) == ["8.8.8.8 22"])
    #expect(contacted(frontier.add([peer("9.9.9.9", 22)], on: own)) == [])
    #expect(
      contacted(frontier.add([peer("a.example", 25)], on: .server(at: "9.9.9.9"))) == [
        "9.9.9.9 25"
      ])
  }

  @Test func `onion services are exempt: their port is nobody else's`() throws {
    let onion = try #require(OnionName(publicKey: [UInt8](repeating: 7, count: 32))).text
    var frontier = frontier()
    #expect(contacted(frontier.add([peer(onion, 110)])) == ["\(onion) 110"])
  }

  @Test func `an endpoint that is not contacted anyway keeps its reason`() {
    var frontier = frontier([.ipv4])
    let wss = AdvertisedPeer(address: "8.8.8.8", host: "8.8.8.8", ports: [.init(80, .ws)])
    let actions = frontier.add([wss, peer("2600::1", 22)])
    let outcomes: [Outcome] = actions.compactMap {
      if case .record(_, let outcome) = $0 { outcome } else { nil }
    }
    #expect(outcomes == [.untestedTransport, .untestedNoRoute])
    #expect(frontier.withheldEndpoints.isEmpty)
  }

  @Test func `each port is listed once, with a name and a source, and none is Electrum's own`() {
    let ports = WellKnownService.all.map(\.port)
    #expect(ports == ports.sorted() && Set(ports).count == ports.count)
    #expect(WellKnownService.all.allSatisfy { !$0.name.isEmpty && (1...65_535).contains($0.port) })
    #expect(!ports.contains(443))
    for network in BitcoinNetwork.allCases {
      #expect(!ports.contains(network.defaultTCPPort) && !ports.contains(network.defaultSSLPort))
    }
  }
}
