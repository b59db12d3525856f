import Foundation
import SimulatedServers
import TestSupport
import Testing

@testable import SimulatedNetwork

struct ShippedScenarioTests {
  static let names = [
    "demo", "farms", "framing", "honest-300", "hostile", "large-2000", "phishing-2018",
    "platform-clones", "stealth-sweep", "subdomain-flood-2019", "wallet",
  ]

  static func parsed(_ name: String) throws -> Scenario {
    let path = PackageRoot.path("datasets/scenarios/\(name).json")
    return try Scenario(parsing: Array(try String(contentsOfFile: path, encoding: .utf8).utf8))
  }

  @Test func `every file of the folder is listed here`() throws {
    let files = try FileManager.default.contentsOfDirectory(
      atPath: PackageRoot.path("datasets/scenarios"))
    #expect(files.sorted() == Self.names.map { "\($0).json" }.sorted())
  }

  @Test(arguments: names) func `a shipped scenario is read and planned`(name: String) throws {
    let scenario = try Self.parsed(name)
    #expect(scenario.name == name)
    let plan = try NetworkPlan(scenario, epochs: 2)
    let states = plan.states(at: 1)
    #expect(states.count == scenario.servers.count)
    let addresses = Set(states.flatMap { $0.endpoints.map { "\($0.address):\($0.port)" } })
    #expect(addresses.count == states.reduce(0) { $0 + $1.endpoints.count })
    for id in scenario.bootstrap {
      #expect(states.contains { $0.plan.id == id && $0.plan.spec.joins == 0 })
    }
  }

  @Test func `the sweep randomises a growing part of its fields`() throws {
    let plan = try NetworkPlan(try Self.parsed("stealth-sweep"))
    func changed(_ id: String) -> Double {
      let servers = plan.servers.filter { $0.operatorID == id }
      let changed = servers.filter { $0.spec.banner != servers[0].owner.servers[0].banner }
      return Double(changed.count) / Double(servers.count)
    }
    #expect(plan.servers.filter { $0.operatorID == "q050" }.count == 15)
    #expect(changed("q000") == 0)
    #expect(changed("q050") > 0.1)
    #expect(changed("q100") == 1)
  }

  @Test func `the flood has other names every epoch and none twice`() throws {
    let plan = try NetworkPlan(try Self.parsed("subdomain-flood-2019"), epochs: 8)
    let (first, second) = (plan.states(at: 6), plan.states(at: 7))
    func names(_ states: [ServerState]) -> [String] {
      states.filter { $0.plan.operatorID == "roller" }.flatMap(\.names)
    }
    #expect(names(first).count == 2_100)
    #expect(Set(names(first)).count == 2_100)
    #expect(Set(names(first)).isDisjoint(with: names(second)))
    let listed = first[0].profile.peers.list()
    #expect(listed.filter { $0.host.hasSuffix(".mirage.test") }.count >= 600)
    #expect(first.flatMap(\.names).allSatisfy { !$0.hasSuffix(".mirage.test") })
  }

  @Test func `framed victims share nothing that cannot be copied`() throws {
    let plan = try NetworkPlan(try Self.parsed("framing"))
    let states = plan.states(at: 0)
    let victims = states.filter { $0.plan.operatorID == "victim" }
    let copies = states.filter { $0.plan.id.hasPrefix("copy") }
    #expect(copies.count == 20)
    #expect(copies.allSatisfy { $0.profile.banner == victims[0].profile.banner })
    let keys = Set(victims.compactMap(\.certificate?.keyName))
    #expect(copies.allSatisfy { !keys.contains($0.certificate?.keyName ?? "") })
    #expect(copies[0].profile.names == ["electrum.alder-trust.example"])
    #expect(copies[0].names != copies[0].profile.names)
    let told = copies[0].profile.peers.list()
    #expect(told.count == 20 && told.allSatisfy { $0.address == victims[0].plan.address })
  }
}
