import Statistics
import Testing
import WalletExposure

struct WalleniusTests {
  @Test func `equal weights give the central hypergeometric distribution`() throws {
    let law = try #require(WalleniusDistribution(favoured: 5, others: 15, draws: 6, odds: 1))
    // C(5,2) C(15,4) / C(20,6)
    #expect(abs(law.probability(2) - 10.0 * 1365 / 38760) < 1e-9)
  }

  @Test func `chances sum to one`() throws {
    let law = try #require(WalleniusDistribution(favoured: 40, others: 60, draws: 10, odds: 0.2))
    let sum = law.support.reduce(0) { $0 + law.probability($1) }
    #expect(abs(sum - 1) < 1e-9)
  }

  @Test func `drawing everything leaves no doubt`() throws {
    let law = try #require(WalleniusDistribution(favoured: 3, others: 4, draws: 7, odds: 5))
    #expect(law.probability(3) == 1)
    #expect(law.support == 3...3)
  }

  @Test func `an urn that is drawn from by weight follows it`() throws {
    let law = try #require(WalleniusDistribution(favoured: 6, others: 30, draws: 10, odds: 3))
    var generator = Xoshiro256StarStar(seed: 11)
    let trials = 20_000
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<trials {
      var (favoured, others) = (6, 30)
      for _ in 0..<10 {
        let weight = 3 * Double(favoured)
        if generator.nextUnit() * (weight + Double(others)) < weight {
          favoured -= 1
        } else {
          others -= 1
        }
      }
      counts[6 - favoured] += 1
    }
    for (count, seen) in counts.enumerated() {
      let chance = law.probability(count)
      let deviation = (Double(trials) * chance * (1 - chance)).squareRoot()
      #expect(abs(Double(seen) - Double(trials) * chance) <= 4 * deviation + 1)
    }
  }

  @Test func `what cannot be drawn is no distribution`() {
    #expect(WalleniusDistribution(favoured: 3, others: 4, draws: 8, odds: 1) == nil)
    #expect(WalleniusDistribution(favoured: 3, others: 4, draws: 2, odds: 0) == nil)
    #expect(WalleniusDistribution(favoured: -1, others: 4, draws: 2, odds: 1) == nil)
  }

  @Test func `its chances and means are those of scipy 1.17.1's nchypergeom_wallenius`() throws {
    let cases: [(Int, Int, Int, Double, [(Int, Double)], Double)] = [
      (
        5, 15, 6, 2.5,
        [(0, 0.014969295626721182), (1, 0.1329157393849621), (3, 0.3579897064585298)],
        2.475392026520058
      ),
      (
        40, 60, 10, 0.2,
        [(0, 0.25930665288049437), (1, 0.3840589476040607), (3, 0.08845326183755095)],
        1.2360755032126127
      ),
      (
        3, 200, 10, 8,
        [(0, 0.31406926806363133), (1, 0.4591778861108942), (3, 0.02594555010279854)],
        0.9386291278646417
      ),
    ]
    for (favoured, others, draws, odds, chances, mean) in cases {
      let law = try #require(
        WalleniusDistribution(favoured: favoured, others: others, draws: draws, odds: odds))
      for (count, chance) in chances { #expect(abs(law.probability(count) - chance) < 1e-8) }
      #expect(abs(law.mean - mean) < 1e-7)
    }
  }

  @Test
  func `prefixes of the ten follow it where all servers are listed, weighted by their servers`()
    throws
  {
    // One draw is of a server, and a prefix is taken once: so prefixes are drawn, by how many servers they
    // have. Six prefixes have five servers each, forty have one.
    let (favoured, others, odds) = (6, 40, 5)
    let servers = (0..<(favoured * odds + others)).map { number in
      WalletServer(
        prefix: number < favoured * odds ? number / odds : number - favoured * (odds - 1),
        isListed: true)
    }
    let network = try WalletNetwork(
      servers: servers,
      regions: [.init(roundTrips: [Double](repeating: 0.05, count: servers.count))],
      peers: servers.map { _ in [] })
    let law = try #require(
      WalleniusDistribution(favoured: favoured, others: others, draws: 10, odds: Double(odds)))
    let client = WalletClient(network, WalletRules())
    let trials = 3_000
    var counts = [Int](repeating: 0, count: favoured + 1)
    for seed in 0..<trials {
      client.generator = .init(seed: UInt64(seed))
      client.memory = WalletMemory(servers: servers.count)
      client.play(at: WalletPlace(), newBlocks: 40)
      let prefixes = Set(client.settled.compactMap { servers[$0].prefix })
      #expect(prefixes.count == 10)
      counts[prefixes.count { $0 < favoured }] += 1
    }
    for (count, seen) in counts.enumerated() {
      let chance = law.probability(count)
      let deviation = (Double(trials) * chance * (1 - chance)).squareRoot()
      #expect(abs(Double(seen) - Double(trials) * chance) <= 4 * deviation + 1)
    }
  }
}
