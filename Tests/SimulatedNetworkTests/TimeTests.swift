import ElectrumProtocol
import SimulatedChain
import SimulatedServers
import Testing

@testable import SimulatedNetwork

struct TimeTests {
  /// A scenario whose chain does not grow, so that a plan of many epochs is made at once.
  private func parsed(_ name: String) throws -> Scenario {
    var scenario = try ShippedScenarioTests.parsed(name)
    scenario.chain.blocksPerEpoch = 0
    scenario.chain.blocks = 120
    return scenario
  }

  private func summary(_ states: [ServerState]) -> [String] {
    states.map { state in
      let certificate = state.certificate
      return [
        state.plan.id, "\(state.isUp)", "\(state.restarts)", "\(state.endpoints)",
        state.profile.software.raw, "\(state.profile.chain.tip)", "\(state.names)",
        "\(certificate.map { "\($0)" } ?? "")", "\(state.deviationWords)",
      ].joined(separator: " ")
    }
  }

  @Test func `a month of three hundred servers churns as the live network does`() throws {
    let plan = try NetworkPlan(try parsed("honest-300"), epochs: 120)
    var ups: [Int] = []
    var changes = 0
    var last: [Bool] = []
    for epoch in 0..<120 {
      let up = plan.servers.map { $0.isUp(at: epoch) }
      ups.append(up.filter { $0 }.count)
      if epoch > 0 { changes += zip(up, last).filter { $0 != $1 }.count }
      last = up
    }
    let upgrades = plan.servers.reduce(0) { $0 + $1.timeline.upgrades.count }
    let restarts = plan.servers.reduce(0) { $0 + $1.timeline.restarts(upTo: 119) }
    let moves = plan.servers.reduce(0) { $0 + $1.timeline.moves.count }
    let (first, end) = (plan.states(at: 0), plan.states(at: 119))
    let renewals = zip(first, end).filter { $0.certificate != $1.certificate }.count
    print(
      "honest-300, 120 epochs: up \(ups.min() ?? 0)…\(ups.max() ?? 0) of \(plan.servers.count),",
      "\(changes) ups and downs, \(restarts) restarts, \(upgrades) upgrades, \(moves) moves,",
      "\(renewals) certificates renewed")
    #expect(plan.servers.count == 300)
    #expect((230...299).contains(ups.min() ?? 0) && (ups.max() ?? 0) < 300)
    #expect((200...2_000).contains(changes))
    #expect((50...600).contains(upgrades))
    #expect(restarts > upgrades && moves > 20)
    #expect(renewals > 10)
    // An outage of one autonomous system shows as one step down.
    let struck = plan.servers.filter { $0.autonomousSystem == 64_500 }
    #expect(!struck.isEmpty && struck.allSatisfy { !$0.isUp(at: 50) && !$0.isUp(at: 51) })
  }

  @Test func `a state does not depend on what was asked before`() throws {
    let scenario = try parsed("farms")
    let (one, other) = (
      try NetworkPlan(scenario, epochs: 40), try NetworkPlan(scenario, epochs: 40)
    )
    let forwards = [0, 7, 39].map { summary(one.states(at: $0)) }
    let backwards = [39, 7, 0].map { summary(other.states(at: $0)) }.reversed()
    #expect(forwards == Array(backwards))
    #expect(forwards[0] != forwards[1] && forwards[1] != forwards[2])
  }

  @Test func `a longer plan begins as a shorter one`() throws {
    let scenario = try parsed("honest-300")
    let short = try NetworkPlan(scenario, epochs: 12)
    let long = try NetworkPlan(scenario, epochs: 60)
    for epoch in [0, 5, 11] {
      #expect(summary(short.states(at: epoch)) == summary(long.states(at: epoch)))
    }
  }

  @Test func `a wave updates a channel at once`() throws {
    let plan = try NetworkPlan(try parsed("farms"), epochs: 120)
    let bushel = plan.servers.filter { $0.operatorID == "bushel" }
    #expect(Set(bushel.map { $0.timeline.upgrades.map(\.epoch) }).count == 1)
    #expect(bushel[0].software(at: 119) == "ElectrumX 1.20.0")
    #expect(bushel[0].software(at: 0) == "ElectrumX 1.18.0")
  }

  @Test func `certificates of one batch are made in one minute and an authoritys are renewed`()
    throws
  {
    let farms = try NetworkPlan(try parsed("farms"))
    let bushel = farms.states(at: 0).filter { $0.plan.operatorID == "bushel" }
      .compactMap(\.certificate)
    #expect(Set(bushel.map { $0.notBefore / 60 }).count == 1)
    #expect(Set(bushel.map(\.keyName)).count == 16)
    let acre = farms.states(at: 0).filter { $0.plan.operatorID == "acre" }.compactMap(\.certificate)
    #expect(Set(acre).count == 1)
    let clones = try NetworkPlan(try parsed("platform-clones"), epochs: 200)
    func certificate(_ epoch: Int) throws -> CertificateState {
      let state = clones.states(at: epoch).first { $0.plan.id == "hosted-leaf-20-1" }
      return try #require(state?.certificate)
    }
    let (first, later) = (try certificate(0), try certificate(199))
    #expect(later.generation == first.generation + 1 && later.keyGeneration == 1)
    #expect(later.notAfter - later.notBefore == 90 * 86_400)
    #expect(later.notAfter > clones.time(at: 199))
    let copied = clones.states(at: 0).filter { $0.certificate?.keyName == "umbel-image" }
    #expect(Set(copied.compactMap(\.certificate)).count == copied.count && copied.count == 10)
  }
}
