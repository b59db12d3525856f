import ElectrumProtocol
import SimulatedChain
import SimulatedServers
import Testing

@testable import SimulatedNetwork

struct NetworkPlanTests {
  private func text(_ plan: NetworkPlan, epoch: Int) -> [String] {
    zip(plan.servers, ProfileBuilder(plan: plan, epoch: epoch).profiles()).map {
      server, profile in
      "\(server.address) \(server.advertisements(at: epoch, seed: 1)) \(profile.chain.tip) \(profile.peers.list())"
    }
  }

  @Test func `the same scenario gives the same plan`() throws {
    let first = try NetworkPlan(try DemoScenario.parsed(), epochs: 2)
    let second = try NetworkPlan(try DemoScenario.parsed(), epochs: 2)
    #expect(text(first, epoch: 1) == text(second, epoch: 1))
    #expect(first.chain.blocks.map(\.header) == second.chain.blocks.map(\.header))
    #expect(text(first, epoch: 0) != text(first, epoch: 1))
  }

  @Test func `another seed gives other addresses`() throws {
    let changed = try DemoScenario.text().replacing("20260102", with: "20260103")
    let first = try NetworkPlan(try DemoScenario.parsed())
    let second = try NetworkPlan(try Scenario(parsing: Array(changed.utf8)))
    #expect(first.servers.map(\.address) != second.servers.map(\.address))
  }

  @Test func `addresses are of their sites and unique`() throws {
    let plan = try NetworkPlan(try DemoScenario.parsed())
    #expect(Set(plan.servers.map(\.address)).count == plan.servers.count)
    for server in plan.servers {
      let number = try #require(IPv4.number(server.address))
      #expect(server.site.prefix.contains(number))
    }
    // Operators do not share a /16 by accident, but the farm shares a /24 on purpose.
    let farm = plan.servers.filter { $0.owner.kind == .farm }
    #expect(Set(farm.map { $0.address.split(separator: ".").prefix(3) }).count == 1)
  }

  @Test func `deviations are planted where the scenario says so`() throws {
    let plan = try NetworkPlan(try DemoScenario.parsed(), epochs: 3)
    let profiles = ProfileBuilder(plan: plan, epoch: 2).profiles()
    func profile(_ id: String) throws -> ServerProfile {
      let index = try #require(plan.servers.firstIndex { $0.spec.id == id })
      return profiles[index]
    }
    let tip = plan.tip(at: 2)
    #expect(tip == 420 + 72)
    #expect(try profile("willow-1").chain.tip == tip - 10)
    let falseTip = try #require(try profile("yew-1").chain.header(tip))
    #expect(!falseTip.hasProofOfWork)
    #expect(falseTip.previousHash != plan.chain.blocks[tip - 1].header.hash)
    let foreign = try profile("bramble-1").chain
    #expect(foreign.genesisHash == BitcoinNetwork.testnet3.genesisHash)
    #expect(foreign.header(5) != plan.chain.blocks[5].header)
    #expect(try profile("aspen-1").banner?.contains("https://wallet-update.example/") == true)
    #expect(try profile("clover-1").requestLimit == 6)
  }

  @Test func `the chain is true`() throws {
    let plan = try NetworkPlan(try DemoScenario.parsed(), epochs: 2)
    let blocks = plan.chain.blocks
    #expect(blocks[0].header.hashText == BitcoinNetwork.regtest.genesisHash)
    for height in 1..<blocks.count {
      #expect(blocks[height].header.previousHash == blocks[height - 1].header.hash)
      #expect(blocks[height].header.hasProofOfWork)
      #expect(blocks[height].header.time > blocks[height - 1].header.time)
      let identifiers = blocks[height].transactions.map(\.identifier)
      #expect(blocks[height].header.merkleRoot == MerkleTree.root(identifiers))
    }
    #expect(blocks.last?.header.time == UInt32(1_767_312_000 + 36 * 600))
  }

  @Test func `every probed script has a history that adds up`() throws {
    let chain = SimulatedChain(seed: 7, height: 400, tipTime: 1_767_312_000)
    for script in TestScript.probed {
      let ledger = try #require(chain.ledgers[script.scripthash])
      for tip in [0, 150, 400] {
        let received = ledger.coins.filter { $0.created <= tip }.reduce(0) { $0 + $1.value }
        let spent = ledger.coins.filter { ($0.spent ?? .max) <= tip }.reduce(0) { $0 + $1.value }
        #expect(ledger.balance(upTo: tip) == received - spent)
      }
      #expect(ledger.history(upTo: 400).count > 50)
      #expect(ledger.coins.contains { $0.spent != nil })
    }
  }
}
