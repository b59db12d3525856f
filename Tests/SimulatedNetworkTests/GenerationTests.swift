import ElectrumProtocol
import Testing

@testable import SimulatedNetwork

struct GenerationTests {
  private func parameters(
    servers: Int = 120, seed: Int = 5, mix: String? = nil, operators: Int? = nil,
    deviantShare: Double = 0, randomised: Double = 0, habits: String? = nil
  ) throws -> GenerationParameters {
    try GenerationParameters(
      servers: servers, seed: seed, mix: mix, operators: operators, deviantShare: deviantShare,
      randomised: randomised, habits: habits)
  }

  private func scenario(_ parameters: GenerationParameters) throws -> Scenario {
    try Scenario(parsing: ScenarioGenerator(parameters).document(name: "generated"))
  }

  @Test func `equal arguments give equal bytes and other seeds others`() throws {
    let first = ScenarioGenerator(try parameters()).document(name: "a")
    #expect(first == ScenarioGenerator(try parameters()).document(name: "a"))
    #expect(first != ScenarioGenerator(try parameters(seed: 6)).document(name: "a"))
  }

  @Test func `the mix and the number of operators are kept`() throws {
    let scenario = try scenario(
      try parameters(servers: 300, mix: "pro=1,farm=2,stealth=1,vps=2", operators: 60))
    #expect(scenario.servers.count == 300)
    #expect(scenario.operators.count == 60)
    let farms = scenario.operators.filter { $0.kind == .farm }.reduce(0) { $0 + $1.servers.count }
    #expect((80...120).contains(farms))
    let sizes = scenario.operators.map(\.servers.count)
    #expect((40...60).contains(sizes.max() ?? 0))
  }

  @Test func `large networks have room and the shares that were asked for`() throws {
    let scenario = try scenario(try parameters(servers: 2_000, deviantShare: 0.03))
    #expect(scenario.servers.count == 2_000)
    let plain = scenario.servers.filter { $0.sslPort == nil }.count
    #expect((250...350).contains(plain))
    // Addresses of all the sites: room for many more than 20,000.
    #expect(scenario.sites.count * 65_000 > 20_000 * 20)
    let plan = try NetworkPlan(scenario)
    let places = plan.servers.map { "\($0.address):\($0.spec.tcpPort ?? 0)" }
    #expect(Set(places).count == 2_000, "two may be at one address, with ports of their own")
    #expect(Set(plan.servers.map(\.address)).count > 1_900)
    let deviant = plan.servers.filter { !$0.plantings.isEmpty }.count
    #expect((40...85).contains(deviant))
    let old = plan.servers.filter { $0.spec.software == "ElectrumX 1.18.0" }.count
    #expect((700...1_300).contains(old))
  }

  @Test func `a file may name what to generate in place of listing it`() throws {
    let text = #"{"schema":"scenario.v1","name":"x","generate":{"servers":120,"seed":5}}"#
    let short = try Scenario(parsing: Array(text.utf8))
    let long = try Scenario(
      parsing: ScenarioGenerator(try parameters()).document(name: "x"))
    #expect(short == long)
    #expect(short.generatedBy?.hasPrefix("simnet generate --seed 5 --servers 120 --mix ") == true)
  }

  @Test func `habits add servers of their own and leave all others as they are`() throws {
    let plain = try scenario(try parameters(servers: 60))
    let all = try scenario(try parameters(servers: 60, habits: "all"))
    #expect(Array(all.operators.prefix(plain.operators.count)) == plain.operators)
    #expect(all.generatedBy?.hasSuffix(Habit.all.map(\.word).joined(separator: ",")) == true)
    var added = 0
    for habit in Habit.all {
      let one = try scenario(try parameters(servers: 60, habits: habit.word))
      #expect(one.operators.count > plain.operators.count, "\(habit.word)")
      added += one.operators.count - plain.operators.count
    }
    #expect(all.operators.count == plain.operators.count + added)
  }

  @Test func `every donation address is one that could be paid`() throws {
    let scenario = try scenario(try parameters(servers: 300, habits: "all"))
    let addresses = scenario.servers.compactMap(\.donationAddress)
    #expect(addresses.count > 30)
    for address in addresses { #expect(throws: Never.self) { try Bech32(address) } }
  }

  @Test func `an unknown habit is named`() throws {
    #expect { _ = try parameters(habits: "relay,unknown") } throws: { error in
      (error as? ScenarioError)?.place == "generate.habits[1]"
    }
  }

  @Test(arguments: [
    ("kind=1", "generate.mix.kind"), ("pro=x", "generate.mix.pro"), ("pro=0", "generate.mix"),
  ]) func `a bad mix is named`(mix: String, place: String) throws {
    #expect { _ = try parameters(mix: mix) } throws: { error in
      (error as? ScenarioError)?.place == place
    }
    #expect { _ = try parameters(servers: 0) } throws: { error in
      (error as? ScenarioError)?.place == "generate.servers"
    }
  }
}
