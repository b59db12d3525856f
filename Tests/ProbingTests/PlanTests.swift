import ElectrumProtocol
import Testing

@testable import Probing

struct PlanTests {
  private static let turns = ProbePlan(.full, clientName: "test").turns

  @Test func `every id is unique`() {
    let ids = ProbeCatalog.all(clientName: "test", scripts: .published).map(\.id)
    #expect(Set(ids).count == ids.count)
    for turn in 0..<Self.turns {
      let plan = ProbePlan(.full, clientName: "test", turn: turn)
      let asked =
        (plan.sessions + plan.later + plan.repeats).flatMap(\.probes) + plan.corroboration
      let repeated = Dictionary(grouping: asked, by: \.id).filter { $1.count > 1 }.keys.sorted()
      #expect(repeated == [])
    }
  }

  @Test(arguments: 0..<turns) func `a full scan stays under a tenth of the hard limit`(turn: Int) {
    for scripts in [ProbedScripts.published, .simulated] {
      let plan = ProbePlan(.full, clientName: "test", turn: turn, scripts: scripts)
      #expect(plan.cost(endpoints: 2) < CostModel.planLimit)
    }
    #expect(ProbePlan(.light, clientName: "test").cost(endpoints: 2) < 150)
  }

  @Test func `the turns of a full plan ask everything that is asked by default`() {
    let asked = Set(
      (0..<24).flatMap { turn in
        let plan = ProbePlan(.full, clientName: "test", turn: turn, seed: UInt64(turn))
        let sessions = plan.sessions + plan.later + plan.repeats
        return (sessions.flatMap(\.probes) + plan.corroboration).map(\.id)
      })
    let all = ProbeCatalog.all(clientName: "test")
    let missing = all.filter { $0.family.isDefault && !asked.contains($0.id) }.map(\.id)
    #expect(missing == [])
    #expect(all.filter { !$0.family.isDefault && asked.contains($0.id) }.map(\.id) == [])
  }

  @Test func `the timed script is asked as first of its connection and sixty requests later`()
    throws
  {
    for scripts in [ProbedScripts.published, .simulated] {
      let plan = ProbePlan(.full, clientName: "test", scripts: scripts, seed: 7)
      let probes = try #require(plan.sessions.first { $0.id == "further" }).probes
      let ofScripts = probes.filter(\.isOfScript)
      for question in ["history", "status"] {
        func place(_ depth: String) throws -> Int {
          try #require(ofScripts.firstIndex { $0.id.hasPrefix("alone.\(depth).\(question)") })
        }
        let (first, last) = (try place("first"), try place("last"))
        #expect(last - first == 60)
        #expect(first < 2)
      }
      #expect(probes.filter { $0.pacing == .afterSilence }.count == 6)
      #expect(plan.sessions.reduce(0) { $0 + $1.plannedSilence } <= 20_000_000)
    }
  }

  @Test func `each scan asks for one of the long histories, and the series for all`() {
    for scripts in [ProbedScripts.published, .simulated] {
      let asked = (0..<Self.turns).map { turn in
        let plan = ProbePlan(.full, clientName: "test", turn: turn, scripts: scripts)
        return plan.sessions.flatMap(\.probes).map(\.id).filter { id in
          scripts.sized.contains { $0.historyProbe == id }
        }
      }
      #expect(asked.allSatisfy { $0.count == 1 })
      #expect(Set(asked.joined()) == Set(scripts.sized.map(\.historyProbe)))
    }
  }

  @Test func `a full scan asks at most 30 % more than one of the first plan`() {
    // The first plan asked 139 questions at two ports and 112 at one, of a server that has all methods.
    for turn in 0..<Self.turns {
      let plan = ProbePlan(.full, clientName: "test", turn: turn)
      let asked = { (endpoints: Int) in
        (plan.sessions + plan.later).reduce(0) { sum, session in
          // Either the relay fee or the node's policy, by protocol.
          let count = session.probes.count { !$0.id.hasSuffix("relayfee") }
          return sum + count * (session.scope == .everyEndpoint ? endpoints : 1)
        }
      }
      #expect(Double(asked(1)) <= 1.3 * 112 && Double(asked(2)) <= 1.3 * 139)
    }
  }

  @Test func `no session but one offers a protocol above 1.6`() {
    let plan = ProbePlan(.full, clientName: "test")
    let sessions = (plan.sessions + plan.later + plan.repeats)
    for session in sessions where session.id != "negotiate.1.4-99" {
      guard case .method("server.version", let params) = session.probes[0].question else {
        Issue.record("\(session.id) does not open with server.version")
        continue
      }
      let range = params[1].elements?.compactMap(\.text) ?? [params[1].text ?? ""]
      let highest = range.last.flatMap { ProtocolVersion($0) }
      #expect(ProtocolSpan(before: "1.6.1").contains(highest) && highest != nil)
    }
    #expect(
      sessions.filter { $0.id == "negotiate.1.4-99" }.flatMap(\.probes).map(\.id)
        == ["server.version.1.4-99", "server.features.1.4-99"])
  }

  @Test func `all servers of a scan are asked for the same further scripts, each scan for others`()
  {
    func drawn(_ seed: UInt64) -> [String] {
      ProbedScripts.published.further(seed: seed).map(\.name)
    }
    #expect(drawn(3) == drawn(3) && Set(drawn(3)).count == 3)
    #expect(Set((0..<8).map(drawn)).count > 4)
  }

  @Test(arguments: ["Electrum-observer/1", "electrum/4.8.1", "BlueWallet", "sparrow-like"])
  func `a client's name that begins as a wallet's is one`(name: String) {
    #expect(WalletName.begins(name))
    #expect(!WalletName.begins("server-observatory/0.2 (+https://example.org)"))
  }

  @Test func `junk costs what electrum x charges for it`() throws {
    // In all: the error reply to bytes that are no JSON is not charged a second time.
    #expect(CostModel.junk == 1_100)
    let junk = try #require(
      ProbeCatalog.all(clientName: "test").first { $0.id == "junk.invalid-json" })
    #expect(junk.cost >= 1_100 && junk.cost < 1_101)
  }

  @Test func `what is optional is asked where somebody says so`() {
    let plan = ProbePlan(.full, clientName: "test", families: [.broadcast, .junk])
    let ids = Set(plan.sessions.flatMap(\.probes).map(\.id))
    #expect(ids.contains("broadcast.malformed"))
    #expect(ids.contains("junk.invalid-json"))
  }

  @Test func `the test wallet is that of its extended key`() {
    // BIP 84, test vectors: the first two receiving addresses and the first change address.
    let addresses = [
      "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu", "bc1qnjg0jd8228aq7egyzacy8cys3knf9xvrerkf9g",
      "bc1q8c6fshw2dlwun7ekn9qwf37cu2rn755upcp6el",
    ]
    let scripts = addresses.compactMap { BitcoinAddress($0)?.scriptPubKey }
    #expect(scripts == [TestWallet.scripts[0], TestWallet.scripts[1], TestWallet.scripts[20]])
    #expect(TestWallet.scripts.count == 30)
  }

  @Test func `every published script is there`() {
    #expect(TestScript.probed.count == 3)
    #expect(TestScript.wrapped.count == 2)
    #expect(Set(TestScript.neverUsed.map(\.scripthash)).count == 5)
    #expect(SizedTestScript.published.count == 2)
    #expect(SizedTestScript.simulated.map(\.transactions) == [1, 10, 100, 1_000])
  }

  @Test func `the printed plan names every probe with its cost`() {
    let plan = ProbePlan(.full, clientName: "test")
    let table = plan.table
    let probes = (plan.sessions + plan.later + plan.repeats).flatMap(\.probes)
    for probe in probes + plan.corroboration { #expect(table.contains("  \(probe.id) ")) }
    #expect(table.contains("allowed"))
  }
}
