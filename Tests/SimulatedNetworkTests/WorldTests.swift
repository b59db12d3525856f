import ElectrumProtocol
import Foundation
import NIOCore
import NIOPosix
import TestSupport
import Testing

@testable import SimulatedNetwork

struct WorldTests {
  private static let curl = "/usr/bin/curl"

  private func server(_ id: String, _ network: SimulatedNetwork) throws -> ServerPlan {
    try #require(network.plan.servers.first { $0.id == id })
  }

  /// A state with other endpoints or another fate.
  private func changed(
    _ state: ServerState, isUp: Bool = true, restarts: Int = 0, adding: [ServerEndpoint] = [],
    conditions: LinkConditions = LinkConditions()
  ) -> ServerState {
    ServerState(
      plan: state.plan, isUp: isUp, restarts: restarts, profile: state.profile,
      certificate: state.certificate, conditions: conditions,
      endpoints: state.endpoints + adding, names: state.names,
      originVariants: state.originVariants, handshake: state.handshake, faults: state.faults,
      deviations: state.deviations)
  }

  private func onion(_ port: Int) -> ServerEndpoint {
    ServerEndpoint(
      network: .onion, address: "simulated7777777.onion", port: port, transport: .tcp)
  }

  @Test func `the proxy leads to onion services and nowhere else`() async throws {
    let network = try await DemoScenario.started { state in
      state.plan.id == "birch-1" ? changed(state, adding: [onion(50001)]) : state
    }
    var client = try await ProbeClient.connect(
      through: network.proxyAddress, user: "stream-1", host: "Simulated7777777.ONION", port: 50001)
    #expect(try await client.ask("server.ping").error == nil)
    await client.close()
    let birch = try server("birch-1", network)
    for host in [birch.address, birch.spec.names[0]] {
      var direct = try await ProbeClient.connect(
        through: network.proxyAddress, user: nil, host: host, port: 50001)
      #expect(try await direct.ask("server.ping").error == nil)
      await direct.close()
    }
    for (host, port, reply) in [
      ("192.0.2.1", 50001, SOCKSReply.notAllowed), ("localhost", 22, .notAllowed),
      ("other.onion", 50001, .notAllowed), (birch.address, 9, .connectionRefused),
    ] {
      await #expect(throws: ProbeClient.Refused(reply: reply.rawValue)) {
        try await ProbeClient.connect(
          through: network.proxyAddress, user: nil, host: host, port: port)
      }
    }
    await network.stop()
  }

  @Test(
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: curl), "the program curl is not there"))
  func `curl speaks with a server through the proxy`() async throws {
    let network = try await DemoScenario.started()
    let name = try server("birch-1", network).spec.names[0]
    let proxy = network.proxyAddress
    let result = try await Task.detached {
      try Program.run(
        "sh",
        [
          "-c",
          #"printf '{"id":7,"method":"server.ping"}\n' | "$0" -s -m 1 -x "socks5h://u:p@$1" "telnet://$2:50001""#,
          Self.curl, proxy, name,
        ])
    }.value
    #expect(result.output.contains("\"id\":7"))
    let refused = try await Task.detached {
      try Program.run(
        Self.curl, ["-s", "-m", "5", "-x", "socks5h://\(proxy)", "http://example.com/"])
    }.value
    #expect(refused.exitCode == 97, "the proxy refused")
    await network.stop()
  }

  @Test func `what is down is closed and its connections are reset`() async throws {
    let network = try await DemoScenario.started()
    let birch = try server("birch-1", network)
    let other = try server("cedar-1", network)
    var client = try await ProbeClient.connect(birch.address, 50001)
    var kept = try await ProbeClient.connect(other.address, 50001)
    #expect(try await client.ask("server.ping").error == nil)
    _ = try await kept.ask("server.version", [.string("t"), .string("1.4")])
    try await network.become { $0.plan.id == "birch-1" ? changed($0, isUp: false) : $0 }
    #expect(await client.line() == nil)
    #expect(try await kept.ask("server.ping").error == nil)
    await #expect(throws: (any Error).self) {
      try await ProbeClient.connect(birch.address, 50001)
    }
    await #expect(throws: ProbeClient.Refused(reply: SOCKSReply.hostUnreachable.rawValue)) {
      try await ProbeClient.connect(
        through: network.proxyAddress, user: nil, host: birch.address, port: 50001)
    }
    try await network.become { $0 }
    var again = try await ProbeClient.connect(birch.address, 50001)
    #expect(try await again.ask("server.ping").error == nil)
    await again.close()
    await kept.close()
    await network.stop()
  }

  @Test func `a lost connection comes to nothing`() async throws {
    let network = try await DemoScenario.started { state in
      changed(state, conditions: LinkConditions(lossShare: 1))
    }
    let birch = try server("birch-1", network)
    var resets = 0
    for _ in 0..<16 {
      guard var client = try? await ProbeClient.connect(birch.address, 50001) else { continue }
      let ask = "{\"id\":1,\"method\":\"server.ping\"}\n"
      guard (try? await client.send(ask)) != nil else {
        resets += 1
        continue
      }
      // Whoever waits for the unanswered ones waits for ever, so the client gives up.
      client.giveUp(after: .milliseconds(60))
      let start = ContinuousClock.now
      #expect(await client.line() == nil)
      if ContinuousClock.now - start < .milliseconds(50) { resets += 1 }
    }
    #expect((2...14).contains(resets))
    await network.stop()
  }

  @Test func `a twin on the loopback of i pv6 answers`() async throws {
    let socket = try ListeningSocket(address: "::1", port: 0)
    // The port of a sockaddr is its third and fourth byte, most significant first.
    var place = [UInt8](repeating: 0, count: 128)
    var length = socklen_t(place.count)
    place.withUnsafeMutableBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      _ = getsockname(
        socket.descriptor, base.assumingMemoryBound(to: sockaddr.self), &length)
    }
    socket.close()
    let port = Int(place[2]) << 8 | Int(place[3])
    let twin = ServerEndpoint(network: .ipv6, address: "::1", port: port, transport: .tcp)
    let network = try await DemoScenario.started { state in
      state.plan.id == "birch-1" ? changed(state, adding: [twin]) : state
    }
    var client = try await ProbeClient.connect("::1", port)
    #expect(try await client.ask("server.ping").error == nil)
    await client.close()
    let states = network.plan.states(at: 0).map {
      $0.plan.id == "birch-1" ? changed($0, adding: [twin]) : $0
    }
    let name = try server("birch-1", network).spec.names[0]
    #expect(NameTables(network.plan, states).hosts.contains("::1 \(name)\n"))
    await network.stop()
  }

  @Test func `all addresses in use are named`() async throws {
    let network = try await DemoScenario.started()
    var failure: SimulationError?
    do throws(SimulationError) {
      await (try SimulatedNetwork.start(network.plan)).stop()
    } catch {
      failure = error
    }
    let found = try #require(failure)
    #expect(found.place.contains(", ") && found.place.contains("more"))
    #expect(found.remedy.contains("--offset"))
    await network.stop()
  }
}
