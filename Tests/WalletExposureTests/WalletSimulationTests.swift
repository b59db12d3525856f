import Statistics
import Testing
import WalletExposure

/// Wallets meet servers as the client's rules say.
struct WalletSimulationTests {
  /// Thirty servers, each with a prefix of its own, every third in the list.
  private func network(
    count: Int = 30, sharing: Int = 1, trips: (Int) -> Double = { _ in 0.05 },
    change: (inout WalletServer, Int) -> Void = { _, _ in }
  ) throws -> WalletNetwork {
    let servers = (0..<count).map { number in
      var server = WalletServer(prefix: number / sharing, isListed: number % 3 == 0)
      change(&server, number)
      return server
    }
    return try WalletNetwork(
      servers: servers, regions: [.init(roundTrips: (0..<count).map(trips))],
      peers: servers.map { _ in nil })
  }

  private func simulation(wallets: Int, sessions: Int) -> WalletSimulation {
    var simulation = WalletSimulation(seed: 7)
    simulation.wallets = wallets
    simulation.sessions = sessions
    return simulation
  }

  private func isNear(_ count: Int, _ chance: Double, of trials: Int) -> Bool {
    let deviation = (Double(trials) * chance * (1 - chance)).squareRoot()
    return abs(Double(count) - chance * Double(trials)) <= 4 * deviation
  }

  @Test func `headers cost as many round trips as were seen`() {
    let rules = WalletRules()
    #expect([0, 1].allSatisfy { rules.headerTrips(newBlocks: $0) == (0, 0) })
    #expect(rules.headerTrips(newBlocks: 12) == (12, 0))
    #expect(rules.headerTrips(newBlocks: 13) == (2, 1))
    #expect(rules.headerTrips(newBlocks: 2_016) == (2, 1))
    #expect(rules.headerTrips(newBlocks: 2_017) == (3, 2))
  }

  @Test func `without a race each listed server is main as often as it is drawn`() throws {
    let network = try network(trips: { 0.01 * Double($0 + 1) })
    var rules = WalletRules()
    rules.mainChoice = .defaultDraw
    let single = try simulation(wallets: 1_000, sessions: 2)
      .encounters(of: network, rules, by: [Array(0..<30)])[0]
    for (number, met) in single.enumerated() {
      let expected = number % 3 == 0 ? 0.1 : 0
      #expect(isNear(met.mainFirst, expected, of: 1_000))
      #expect(isNear(met.mainLater, expected, of: 1_000))
    }
  }

  @Test func `what the drawn one loses by failing goes to the others that stand`() throws {
    // (1/|D|) Σ a + (1 − mean a) E[share of the connected]: here two listed of ten are down always.
    let network = try network(change: { server, number in
      if number == 0 || number == 3 { server.availability = 0 }
    })
    var rules = WalletRules()
    rules.mainChoice = .defaultDraw
    let met = try simulation(wallets: 1_500, sessions: 1).encounters(
      of: network, rules,
      by: [(0..<30).map { $0 % 3 == 0 && $0 > 3 ? 0 : 1 }, Array(0..<30)])
    #expect(met[0][0].mainFirst == 1_500)
    let single = met[1]
    for number in [6, 9, 12] {
      // All eight stand alike: a tenth of what is drawn, and an eighth of the rest.
      #expect(isNear(single[number].mainFirst, 0.1 + 0.2 / 8, of: 1_500))
    }
  }

  @Test func `every session has exactly one first main server`() throws {
    let network = try network(sharing: 2, trips: { 0.01 + 0.01 * Double($0 % 7) })
    var rules = WalletRules()
    rules.losses = 2
    let both = try simulation(wallets: 200, sessions: 5).encounters(
      of: network, rules, by: [Array(0..<30), (0..<30).map { $0 / 2 }])
    let (met, joined) = (both[0], both[1])
    #expect(met.reduce(0) { $0 + $1.mainFirst } == 200)
    #expect(met.reduce(0) { $0 + $1.mainLater } == 800)
    // Who belongs together is seen at most as often as the two apart, and at least as often as either.
    for pair in 0..<15 {
      let apart = [met[2 * pair], met[2 * pair + 1]].map { $0.seen(within: 5) }
      #expect(joined[pair].seen(within: 5) <= apart[0] + apart[1])
      #expect(joined[pair].seen(within: 5) >= max(apart[0], apart[1]))
    }
  }

  @Test func `nobody outside the list is main in a first session, however near it is`() throws {
    let network = try network(trips: { $0 % 3 == 0 ? 0.2 : 0.002 })
    var rules = WalletRules()
    rules.losses = 2
    let met = try simulation(wallets: 150, sessions: 6)
      .encounters(of: network, rules, by: [(0..<30).map { $0 % 3 == 0 ? 0 : 1 }])[0]
    #expect(met[1].mainFirst == 0)
    #expect(met[1].mainLater > 0)
  }

  @Test func `after a long synchronisation the drawn server is main`() throws {
    let network = try network(trips: { 0.01 * Double($0 + 1) })
    let client = WalletClient(network, WalletRules())
    for seed in 0..<100 {
      client.generator = .init(seed: UInt64(seed))
      client.memory = WalletMemory(servers: 30)
      var drawing = client.generator
      let drawn = network.listed[drawing.nextIndex(below: network.listed.count)]
      client.play(at: WalletPlace(), newBlocks: 100_000)
      #expect(client.mains == [drawn])
    }
  }

  @Test func `with the chain known the first ready server is main, unless the drawn one is ready`()
    throws
  {
    let network = try network(trips: { 0.02 + 0.02 * Double($0) })
    let client = WalletClient(network, WalletRules())
    for seed in 0..<100 {
      client.generator = .init(seed: UInt64(seed))
      client.memory = WalletMemory(servers: 30)
      client.play(at: WalletPlace(), newBlocks: 0)
      let first = try #require(client.met.first)
      let main = try #require(client.mains.first)
      #expect(main == first || client.met.firstIndex(of: main) == 1)
    }
  }

  @Test func `at most one connection a prefix stands, the main server's apart`() throws {
    let network = try network(sharing: 5)
    let client = WalletClient(network, WalletRules())
    for seed in 0..<100 {
      client.generator = .init(seed: UInt64(seed))
      client.memory = WalletMemory(servers: 30)
      client.play(at: WalletPlace(), newBlocks: 40)
      let others = client.settled.filter { $0 != client.settledMain }
      #expect(Set(others.map { $0 / 5 }).count == others.count)
    }
  }

  @Test func `onions are met through Tor only, and at most seven of them`() throws {
    let network = try network(change: { server, number in
      if number % 2 == 1 { server.route = .onion }
    })
    let client = WalletClient(network, WalletRules())
    for seed in 0..<50 {
      client.generator = .init(seed: UInt64(seed))
      client.memory = WalletMemory(servers: 30)
      client.play(at: WalletPlace(usesTor: seed % 2 == 0), newBlocks: 40)
      let onions = client.settled.count { $0 % 2 == 1 }
      #expect(seed % 2 == 0 ? onions <= 7 : onions == 0)
    }
  }

  @Test func `a persistent main server is met again and again`() throws {
    let network = try network(trips: { 0.01 * Double($0 + 1) })
    var rules = WalletRules()
    rules.mainChoice = .persistent
    let met = try simulation(wallets: 40, sessions: 8)
      .encounters(of: network, rules, by: [Array(0..<30)])[0]
    for one in met { #expect(one.seen(within: 8) == one.seen(within: 1)) }
  }

  @Test func `the number of threads changes nothing`() throws {
    let network = try network(sharing: 2)
    let simulation = simulation(wallets: 100, sessions: 3)
    let single = [Array(0..<30)]
    let one = try simulation.encounters(of: network, WalletRules(), by: single)
    #expect(try simulation.encounters(of: network, WalletRules(), by: single, threads: 3) == one)
    var other = simulation
    other.seed = 8
    #expect(try other.encounters(of: network, WalletRules(), by: single) != one)
  }

  @Test func `a server that the owner has fixed is the only main one, whatever is lost`() throws {
    let network = try network(trips: { 0.01 * Double($0 + 1) })
    var rules = WalletRules()
    rules.losses = 4
    var simulation = simulation(wallets: 60, sessions: 6)
    simulation.fixedServerShare = 1
    let single = [Array(0..<30)]
    let fixed = try simulation.encounters(of: network, rules, by: single)[0]
    for (number, met) in fixed.enumerated() {
      #expect(met.seen(within: 6) == met.seen(within: 1))
      #expect(number % 3 == 0 || met.seen(within: 6) == 0)
    }
    #expect(fixed.reduce(0) { $0 + $1.mainLater } == 300)
    #expect(fixed.reduce(0) { $0 + $1.connectedLater } >= 300 * 10)
    (simulation.fixedServerShare, simulation.oneServerShare) = (0, 1)
    let one = try simulation.encounters(of: network, rules, by: single)[0]
    #expect(one.reduce(0) { $0 + $1.connectedLater } == 300)
    #expect(one.reduce(0) { $0 + $1.seen(within: 6) } == 60)
  }

  @Test func `a fixed server that is down leaves its owner without a main server`() throws {
    let network = try network(change: { server, _ in server.availability = 0.5 })
    var simulation = simulation(wallets: 2_000, sessions: 1)
    simulation.oneServerShare = 1
    let met = try simulation.encounters(
      of: network, WalletRules(), by: [[Int](repeating: 0, count: 30)])[0]
    #expect(isNear(met[0].mainFirst, 0.5, of: 2_000))
  }

  @Test func `a partition of another network's servers is refused`() throws {
    let network = try network()
    #expect(throws: WalletExposureError.groups(3, 30)) {
      try simulation(wallets: 1, sessions: 1)
        .encounters(of: network, WalletRules(), by: [[0, 1, 2]])
    }
  }

  @Test func `sessions until half are seen are counted from the first`() {
    var met = GroupEncounters(sessions: 4)
    met.wallets = 10
    met.firstSeen = [2, 3, 0, 1]
    #expect(met.seen(within: 2) == 5)
    #expect(met.sessions(untilSeen: 0.5) == 2)
    #expect(met.sessions(untilSeen: 0.9) == nil)
  }

  @Test func `a network that nobody can start in is refused`() throws {
    let server = WalletServer(prefix: 0)
    #expect(throws: WalletExposureError.nothingListed) {
      try WalletNetwork(servers: [server], regions: [.init(roundTrips: [0.1])], peers: [nil])
    }
    let listed = WalletServer(prefix: 0, isListed: true)
    #expect(throws: WalletExposureError.noRegion) {
      try WalletNetwork(servers: [listed], regions: [], peers: [nil])
    }
    #expect(throws: WalletExposureError.peer(server: 0, 4)) {
      try WalletNetwork(servers: [listed], regions: [.init(roundTrips: [0.1])], peers: [[4]])
    }
    #expect(throws: WalletExposureError.roundTrip(server: 0, -1)) {
      try WalletNetwork(servers: [listed], regions: [.init(roundTrips: [-1])], peers: [nil])
    }
  }
}
