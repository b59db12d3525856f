import ElectrumProtocol
import SimulatedChain
import SimulatedServers
import Statistics
import Testing

/// A small chain and servers over it.
enum SmallServer {
  static let chain = SimulatedChain(seed: 7, height: 160, tipTime: 1_780_000_000)

  private static let views = (159...160).map {
    ChainView(chain: chain, tip: $0, genesisHash: BitcoinNetwork.regtest.genesisHash)
  }

  /// - Parameter tip: 159 or 160.
  static func profile(_ software: String, tip: Int = 159) -> ServerProfile {
    var profile = ServerProfile(
      software: ServerSoftware(software), chain: views[tip == 160 ? 1 : 0])
    profile.tcpPort = 50_001
    profile.names = ["a.test"]
    return profile
  }

  static func session(_ profile: ServerProfile, connections: Int = 1) throws -> any ServerSession {
    var context = SessionContext(
      server: profile, localAddress: "127.0.0.1", localPort: 50_001, isTLS: false,
      random: Xoshiro256StarStar(seed: 3))
    context.connectionsOfClient = connections
    return try #require(ServerImplementation(profile.software)).session(context)
  }

  static func connection(_ profile: ServerProfile, connections: Int = 1) throws
    -> VirtualConnection
  {
    VirtualConnection(try session(profile, connections: connections))
  }

  /// What one request is answered within five seconds.
  static func ask(
    _ connection: inout VirtualConnection, _ method: String, _ params: [WireValue] = [], id: Int = 1
  ) -> WireValue? {
    let count = connection.packets.count
    connection.send(ElectrumRequest(id: id, method: method, params: params).encoded())
    connection.run(until: connection.now + 5)
    let bytes = connection.packets.dropFirst(count).flatMap(\.bytes)
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    return lines.last.flatMap { try? WireDocument(parsing: $0).value }
  }

  static func agreed(_ software: String, _ params: [WireValue]) throws -> String? {
    var connection = try connection(profile(software))
    return ask(&connection, "server.version", params)?["result"]?.elements?.last?.text
  }
}

struct NegotiationTests {
  private static func pair(_ low: String, _ high: String) -> [WireValue] {
    [.string("p"), .array([.string(low), .string(high)])]
  }

  /// The smaller maximum wins, in the words of whose it is; versions that never were included.
  @Test(arguments: [
    ("ElectrumX 1.16.0", "1.4.2", "1.4.2", "1.4.2", "1.4.2"),
    ("ElectrumX 1.17.0", "1.4.3", "1.4.3", "1.4.3", "1.4.3"),
    ("ElectrumX 1.18.0", "1.4.3", "1.4.3", "1.4.3", "1.4.3"),
    ("ElectrumX 1.19.0", "1.4.3", "1.5", "1.6", "1.6.0"),
    ("ElectrumX 1.20.0", "1.4.3", "1.5", "1.6", "1.6.0"),
    ("ElectrumX 2.0.0", "1.4.3", "1.5", "1.6", "1.7.0"),
    ("Fulcrum 2.1.1", "1.4.3", "1.5", "1.6", "1.6"),
  ]) func `the recorded table holds`(row: (String, String, String, String, String)) throws {
    #expect(try SmallServer.agreed(row.0, Self.pair("1.4", "1.4.3")) == row.1)
    #expect(try SmallServer.agreed(row.0, Self.pair("1.4", "1.5")) == row.2)
    #expect(try SmallServer.agreed(row.0, Self.pair("1.4", "1.6")) == row.3)
    #expect(try SmallServer.agreed(row.0, Self.pair("1.4", "99")) == row.4)
    #expect(try SmallServer.agreed(row.0, []) == "1.4")
    #expect(try SmallServer.agreed(row.0, Self.pair("1.6", "1.4")) == nil)
    #expect(try SmallServer.agreed(row.0, [.string("p"), .string("1.3")]) == nil)
  }

  @Test(arguments: [
    ("Fulcrum 1.0.0", "1.4.2"), ("Fulcrum 1.1.1", "1.4.4"), ("Fulcrum 1.5.0", "1.4.5"),
    ("Fulcrum 1.8.2", "1.4.5"), ("Fulcrum 1.9.0", "1.5"), ("Fulcrum 1.9.1", "1.5.1"),
    ("Fulcrum 1.9.5", "1.5.2"), ("Fulcrum 1.10.0", "1.5.3"), ("Fulcrum 1.12.0", "1.5.3"),
    ("Fulcrum 2.0.0", "1.6"),
  ]) func `fulcrums maximum tells its age`(software: String, maximum: String) throws {
    #expect(try SmallServer.agreed(software, Self.pair("1.4", "99")) == maximum)
    var connection = try SmallServer.connection(SmallServer.profile(software))
    let features = SmallServer.ask(&connection, "server.features")?["result"]
    #expect(features?["protocol_max"]?.text == maximum)
    #expect((features?["broadcast_package"] != nil) == software.hasPrefix("Fulcrum 2"))
  }

  @Test func `the electrs family speaks one version`() throws {
    for software in ["electrs/0.11.1", "electrs-esplora 0.4.2", "electrs-esplora 0.4.1"] {
      #expect(try SmallServer.agreed(software, [.string("p"), .string("1.4")]) == "1.4")
    }
    var romanz = try SmallServer.connection(SmallServer.profile("electrs/0.11.1"))
    let refusal = SmallServer.ask(&romanz, "server.version", [.string("p"), .string("1.6")])
    #expect(refusal?["error"]?["code"]?.integer == 1)
    #expect(romanz.closedAt == nil)
    #expect(
      SmallServer.ask(&romanz, "server.version")?["error"]?["code"]?.integer == -32_602)
  }

  @Test func `electrum personal server closes on a list of versions`() throws {
    let profile = SmallServer.profile("ElectrumPersonalServer 0.2.4")
    #expect(try SmallServer.agreed(profile.software.raw, [.string("p"), .string("1.4")]) == "1.4")
    var connection = try SmallServer.connection(profile)
    _ = SmallServer.ask(&connection, "server.version", Self.pair("1.4", "1.6"))
    #expect(connection.closedAt != nil)
    #expect(connection.output.isEmpty)
  }

  @Test(arguments: ["1.19.0", "1.20.0", "2.0.0"])
  func `newer electrum x answers nobody who does not say his name`(version: String) throws {
    var connection = try SmallServer.connection(SmallServer.profile("ElectrumX \(version)"))
    let last = SmallServer.ask(&connection, "server.ping")
    #expect(last?["error"]?["message"]?.text == "use server.version to identify client")
    #expect(connection.closedAt != nil)
    let lines = connection.output.split(separator: UInt8(ascii: "\n"))
    #expect(lines.count == 3)
  }
}
