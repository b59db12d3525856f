import Addressing
import Collecting
import ElectrumProtocol
import Records
import TestSupport
import Testing

/// Whatever peer lists, look-ups and servers' own claims name.
struct ConductPropertyTests {
  private func contacts(_ actions: [Frontier.Action]) -> [Candidate] {
    actions.compactMap { if case .contact(let candidate) = $0 { candidate } else { nil } }
  }

  private func frontier(_ optOut: String = "", _ limits: Frontier.Limits = .init()) throws
    -> Frontier
  {
    Frontier(
      rules: ConductRules(optOut: try OptOutList(parsing: optOut, file: "opt-out")),
      routes: [.ipv4, .ipv6], limits: limits)
  }

  private func answer(_ name: HostName, _ addresses: [String]) -> NameResolution {
    NameResolution(name: name.text, outcome: .answered).with {
      $0.addresses = addresses
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `nothing that is not global is contacted, by whatever way it is named`(seed: UInt64) throws {
    var random = Xorshift(state: seed)
    var places = NonGlobalAddresses(seed: seed &* 77)
    var frontier = try frontier()
    for round in 0..<4_000 {
      let place = places.next().text
      let name = "n\(round).example"
      let ports = [AdvertisedPeer.PortOffer(1 + random.below(65_535), .tcp)]
      var actions: [Frontier.Action]
      switch random.below(4) {
      case 0: actions = frontier.add([AdvertisedPeer(address: place, host: name, ports: ports)])
      case 1: actions = frontier.add([AdvertisedPeer(address: name, host: place, ports: ports)])
      case 2:
        let claim = WireValue.object([
          WireMember(
            "hosts",
            .object([WireMember(place, .object([WireMember("tcp_port", .integer(50001))]))]))
        ])
        actions = frontier.add(OwnHosts.peers(claim))
      default: actions = frontier.add([AdvertisedPeer(address: name, host: name, ports: ports)])
      }
      for case .resolve(let name) in actions {
        actions += frontier.resolved(name, answer(name, [place, places.next().text]))
      }
      #expect(contacts(actions).isEmpty, "\(place)")
    }
    #expect(frontier.dropped.notContactable > 1_000)
  }

  @Test(arguments: [4, 5] as [UInt64])
  func `no port is contacted that nobody advertised, and no endpoint twice`(seed: UInt64) throws {
    var random = Xorshift(state: seed)
    var frontier = try frontier()
    var offered: Set<String> = []
    var contacted: Set<String> = []
    for _ in 0..<3_000 {
      let number = random.below(200)
      let address = "8.\(number % 20).\(number).1"
      let host = random.below(2) == 0 ? "n\(number).example" : address
      let offers = (0...random.below(3)).map { _ in
        AdvertisedPeer.PortOffer(50_000 + random.below(5), random.below(2) == 0 ? .tcp : .ssl)
      }
      let isNamed = random.below(3) == 0
      for offer in offers { offered.insert("\(address) \(offer.port) \(offer.transport)") }
      var actions = frontier.add([
        AdvertisedPeer(
          address: isNamed ? "n\(number).example" : address, host: host, ports: offers)
      ])
      for case .resolve(let name) in actions {
        actions += frontier.resolved(name, answer(name, [address]))
      }
      for candidate in contacts(actions) {
        let key = "\(candidate.address) \(candidate.port) \(candidate.transport)"
        #expect(offered.contains(key))
        let isNew = contacted.insert(key).inserted
        #expect(isNew)
      }
    }
    #expect(contacted.count > 500)
  }

  @Test(arguments: [6, 7] as [UInt64])
  func `who opted out is not contacted, whatever form names it`(seed: UInt64) throws {
    var random = Xorshift(state: seed)
    var frontier = try frontier("*.quiet.example\nalone.example\n8.1.0.0/16\n2600:1::/32\n8.2.3.4")
    let hosts = ["a.quiet.example", "Quiet.Example.", "ALONE.example", "other.example", "8.9.9.9"]
    for _ in 0..<3_000 {
      let address = [
        "8.1.\(random.below(256)).1", "2600:1::\(random.below(99))", "8.2.3.4",
        "2002:801:\(random.below(99))::1", "8.3.\(random.below(256)).1",
      ][random.below(5)]
      let host = hosts[random.below(hosts.count)]
      var actions = frontier.add([
        AdvertisedPeer(
          address: random.below(2) == 0 ? address : host, host: host,
          ports: [.init(1 + random.below(60_000), .ssl)])
      ])
      for case .resolve(let name) in actions {
        actions += frontier.resolved(name, answer(name, [address]))
      }
      for candidate in contacts(actions) {
        #expect(candidate.address.hasPrefix("8.3.") || candidate.address == "8.9.9.9")
        #expect(["other.example", "8.9.9.9", candidate.address].contains(candidate.host))
      }
    }
  }

  @Test func `a hundred thousand invented peers cost little memory and time`() throws {
    var limits = Frontier.Limits()
    limits.endpoints = 20_000
    var frontier = try frontier("", limits)
    let clock = ContinuousClock()
    var contacted = 0
    let sources = Soak.size(20, of: 100)
    let duration = clock.measure {
      for source in 0..<sources {
        let flood = (0..<(source == 0 ? 100_000 : 2_500)).map { number in
          AdvertisedPeer(
            address: "\(8 + source % 100).\(number / 62_500).\(number / 250 % 250).\(number % 250)",
            host: number % 2 == 0 ? "n\(number).s\(source).example" : "",
            ports: [.init(50001, .tcp), .init(50002, .ssl)])
        }
        contacted += contacts(frontier.add(flood, from: "source \(source)")).count
      }
    }
    #expect(frontier.endpointCount == 20_000)
    #expect(contacted <= 20_000)
    #expect(frontier.dropped.overSourceLimit >= 98_000 + (sources - 1) * 500)
    #expect(duration < .seconds(60), "\(duration)")
  }

  @Test func `a source that is asked again pays for what is new alone`() throws {
    var limits = Frontier.Limits()
    limits.peersPerSource = 3
    var frontier = try frontier("", limits)
    func peers(_ numbers: ClosedRange<Int>) -> [AdvertisedPeer] {
      numbers.map {
        AdvertisedPeer(address: "8.8.\($0).1", host: "", ports: [.init(50001, .tcp)])
      }
    }
    #expect(contacts(frontier.add(peers(1...2), from: "a")).count == 2)
    for _ in 0..<5 { #expect(frontier.add(peers(1...2), from: "a") == []) }
    #expect(contacts(frontier.add(peers(1...5), from: "a")).count == 1)
    #expect(frontier.dropped.overSourceLimit == 2)
    #expect(contacts(frontier.add(peers(4...5), from: "b")).count == 2)
  }

  @Test func `a victim that thousands name is contacted once a port, at a few ports`() throws {
    var random = Xorshift(state: 8)
    var frontier = try frontier()
    var contacted: [Candidate] = []
    for source in 0..<5_000 {
      let actions = frontier.add(
        [
          AdvertisedPeer(
            address: "8.8.8.8", host: "v\(source).example",
            ports: [.init(1 + random.below(65_535), .tcp), .init(443, .ssl)])
        ], from: "\(source)")
      contacted += contacts(actions)
      for case .resolve(let name) in actions {
        contacted += contacts(frontier.resolved(name, answer(name, ["8.8.8.8"])))
      }
    }
    #expect(contacted.count == 16)
    #expect(Set(contacted.map(\.port)).count == 16)
  }

  @Test func `a name with thousands of addresses leads to a few of them`() throws {
    var frontier = try frontier()
    let peer = AdvertisedPeer(
      address: "wide.example", host: "wide.example", ports: [.init(50001, .tcp)])
    let name = try #require(HostName("wide.example"))
    #expect(frontier.add([peer], from: "a") == [.resolve(name)])
    let addresses = (0..<4_000).map { "8.8.\($0 / 250).\($0 % 250)" }
    #expect(contacts(frontier.resolved(name, answer(name, addresses))).count == 16)
    #expect(frontier.dropped.overNameLimit == 3_984)
  }

  @Test func `the names of one source lead to no more addresses than it has`() throws {
    var limits = Frontier.Limits()
    limits.peersPerSource = 50
    var frontier = try frontier("", limits)
    let peers = (0..<50).map {
      AdvertisedPeer(
        address: "n\($0).example", host: "n\($0).example", ports: [.init(50001, .tcp)])
    }
    var count = 0
    for case .resolve(let name) in frontier.add(peers, from: "a") {
      let number = count
      let addresses = (0..<16).map { "8.\(number / 200).\(number % 200).\($0)" }
      count += contacts(frontier.resolved(name, answer(name, addresses))).isEmpty ? 0 : 1
    }
    #expect(frontier.endpointCount == limits.addressesPerSource)
    #expect(frontier.dropped.overSourceLimit > 0)
  }
}
