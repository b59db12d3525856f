import ElectrumProtocol
import TLSChannel
import Testing

@testable import SimulatedNetwork

struct RunningNetworkTests {
  private static let hello: [WireValue] = [
    .string("observatory-test"), .array([.string("1.4"), .string("1.7")]),
  ]

  @Test func `a crawl from the bootstrap servers finds every listed server`() async throws {
    let network = try await DemoScenario.started()
    let plan = network.plan
    let bootstrap = plan.servers.filter { plan.scenario.bootstrap.contains($0.spec.id) }
    var frontier = bootstrap.map { ($0.address, $0.spec.tcpPort ?? 0) }
    var seen = Set(frontier.map(\.0))
    var answered: Set<String> = []
    let listening = Set(plan.servers.map(\.address))
    let quiet: Set<String> = ["garbage", "silent", "closes", "throttles"]
    let broken = Set(
      plan.servers.filter { $0.spec.deviations.contains { quiet.contains($0.word) } }
        .map(\.address))
    while let (address, port) = frontier.popLast() {
      guard listening.contains(address), !broken.contains(address) else { continue }
      var client = try await ProbeClient.connect(address, port)
      let version = try await client.ask("server.version", Self.hello)
      #expect(version.result?.elements?.count == 2)
      answered.insert(address)
      let peers = try await client.ask("server.peers.subscribe")
      for case .success(let peer) in PeerTuple.list(peers.result ?? .null) ?? [] {
        guard let port = peer.tcpPort, seen.insert(peer.address).inserted else { continue }
        frontier.append((peer.address, port))
      }
      await client.close()
    }
    let reachable = plan.servers.filter { $0.spec.tcpPort != nil }.map(\.address)
    #expect(answered == Set(reachable).subtracting(broken))
    await network.stop()
  }

  @Test func `servers answer over TLS and break as planted`() async throws {
    let network = try await DemoScenario.started()
    func server(_ id: String) throws -> ServerPlan {
      try #require(network.plan.servers.first { $0.spec.id == id })
    }
    let tls = try TLSClientContext()
    let birch = try server("birch-1")
    var client = try await ProbeClient.connect(birch.address, 50002, tls: tls)
    let version = try await client.ask("server.version", Self.hello)
    #expect(version.result?.elements?.first?.text == "Fulcrum 2.1.1")
    let features = try await client.ask("server.features")
    #expect(features.result?["genesis_hash"]?.text == BitcoinNetwork.regtest.genesisHash)
    await client.close()

    var closing = try await ProbeClient.connect(try server("gorse-1").address, 50001)
    #expect(await closing.line() == nil)

    var garbage = try await ProbeClient.connect(try server("dock-1").address, 50001)
    try await garbage.send("{}\n")
    let junk = try #require(await garbage.line())
    #expect(throws: WireDefect.self) { try WireDocument(parsing: junk) }
    await garbage.close()

    var throttling = try await ProbeClient.connect(try server("clover-1").address, 50001)
    _ = try await throttling.ask("server.version", Self.hello)
    var last = try await throttling.ask("server.ping")
    while last.error == nil { last = try await throttling.ask("server.ping") }
    #expect(last.error?.meaning == .throttled)
    #expect(await throttling.line() == nil)
    await network.stop()
  }

  @Test func `time passes for new connections`() async throws {
    let network = try await DemoScenario.started(epochs: 2)
    let server = try #require(network.plan.servers.first { $0.spec.id == "birch-1" })
    func height() async throws -> Int? {
      var client = try await ProbeClient.connect(server.address, 50001)
      let tip = try await client.ask("blockchain.headers.subscribe")
      await client.close()
      return tip.result?["height"]?.integer
    }
    #expect(try await height() == 420)
    try await network.advance(to: 1)
    #expect(try await height() == 456)
    await network.stop()
  }

  @Test func `an address in use is named`() async throws {
    let network = try await DemoScenario.started()
    let again: SimulationError?
    do {
      let second = try await SimulatedNetwork.start(network.plan)
      await second.stop()
      again = nil
    } catch {
      again = error
    }
    #expect(again?.code == .addressInUse)
    #expect(again?.exitCode == 69)
    #expect(again?.place.contains(":50001") == true)
    await network.stop()
  }

  @Test func `an overlong line is dropped and the connection lives`() async throws {
    let network = try await DemoScenario.started()
    let server = try #require(network.plan.servers.first { $0.spec.id == "cedar-1" })
    var client = try await ProbeClient.connect(server.address, 50001)
    try await client.send(String(repeating: "a", count: 1_200_000))
    try await client.send("aaa\n")
    #expect(try await client.ask("server.ping").error == nil)
    await client.close()
    await network.stop()
  }
}
