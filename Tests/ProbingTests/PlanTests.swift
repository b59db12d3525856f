import ElectrumProtocol
import Testing

@testable import Probing

@Suite struct PlanTests {
  private static let turns = ProbePlan(.full, clientName: "test").turns

  @Test func everyIdIsUnique() {
    let ids = ProbeCatalog.all(clientName: "test", sized: SizedTestScript.published).map(\.id)
    #expect(Set(ids).count == ids.count)
    for turn in 0..<Self.turns {
      let asked = ProbePlan(.full, clientName: "test", turn: turn).sessions.flatMap(\.probes)
      let repeated = Dictionary(grouping: asked, by: \.id).filter { $1.count > 1 }.keys.sorted()
      #expect(repeated == [])
    }
  }

  @Test(arguments: 0..<turns) func aFullScanStaysUnderATenthOfTheHardLimit(turn: Int) {
    for sized in [SizedTestScript.published, SizedTestScript.simulated] {
      let plan = ProbePlan(.full, clientName: "test", turn: turn, sized: sized)
      #expect(plan.cost(endpoints: 2) < CostModel.planLimit)
    }
    #expect(ProbePlan(.light, clientName: "test").cost(endpoints: 2) < 150)
  }

  @Test func theTurnsOfAFullPlanAskEverythingThatIsAskedByDefault() {
    let asked = Set(
      (0..<Self.turns).flatMap { turn in
        ProbePlan(.full, clientName: "test", turn: turn).sessions.flatMap(\.probes).map(\.id)
      })
    let all = ProbeCatalog.all(clientName: "test")
    let missing = all.filter { $0.family.isDefault && !asked.contains($0.id) }.map(\.id)
    #expect(missing == [])
    #expect(all.filter { !$0.family.isDefault && asked.contains($0.id) }.map(\.id) == [])
  }

  @Test func junkCostsWhatElectrumXChargesForIt() throws {
    // In all: the error reply to bytes that are no JSON is not charged a second time.
    #expect(CostModel.junk == 1_100)
    let junk = try #require(
      ProbeCatalog.all(clientName: "test").first { $0.id == "junk.invalid-json" })
    #expect(junk.cost >= 1_100 && junk.cost < 1_101)
  }

  @Test func whatIsOptionalIsAskedWhereSomebodySaysSo() {
    let plan = ProbePlan(.full, clientName: "test", families: [.broadcast, .junk])
    let ids = Set(plan.sessions.flatMap(\.probes).map(\.id))
    #expect(ids.contains("broadcast.malformed"))
    #expect(ids.contains("junk.invalid-json"))
  }

  @Test func theTestWalletIsThatOfItsExtendedKey() {
    // BIP 84, test vectors: the first two receiving addresses and the first change address.
    let addresses = [
      "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu", "bc1qnjg0jd8228aq7egyzacy8cys3knf9xvrerkf9g",
      "bc1q8c6fshw2dlwun7ekn9qwf37cu2rn755upcp6el",
    ]
    let scripts = addresses.compactMap { BitcoinAddress($0)?.scriptPubKey }
    #expect(scripts == [TestWallet.scripts[0], TestWallet.scripts[1], TestWallet.scripts[20]])
    #expect(TestWallet.scripts.count == 30)
  }

  @Test func everyPublishedScriptIsThere() {
    #expect(TestScript.probed.count == 3)
    #expect(TestScript.wrapped.count == 2)
    #expect(Set(TestScript.neverUsed.map(\.scripthash)).count == 5)
    #expect(SizedTestScript.published.count == 2)
    #expect(SizedTestScript.simulated.map(\.transactions) == [1, 10, 100, 1_000])
  }

  @Test func thePrintedPlanNamesEveryProbeWithItsCost() {
    let plan = ProbePlan(.full, clientName: "test")
    let table = plan.table
    for probe in plan.sessions.flatMap(\.probes) { #expect(table.contains("  \(probe.id) ")) }
    #expect(table.contains("allowed"))
  }
}
