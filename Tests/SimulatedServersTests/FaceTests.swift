import ElectrumProtocol
import SimulatedChain
import SimulatedServers
import Testing

/// What a server says of itself and to whom.
struct FaceTests {
  private static let all = [
    "ElectrumX 1.16.0", "ElectrumX 1.17.0", "ElectrumX 1.18.0", "ElectrumX 1.20.0",
    "ElectrumX 2.0.0", "Fulcrum 1.9.1", "Fulcrum 2.1.1", "electrs/0.11.1",
    "electrs-esplora 0.4.2", "electrs-esplora 0.4.1", "ElectrumPersonalServer 0.2.4",
  ]
  private static let hello: [WireValue] = [.string("electrum/4"), .string("1.4")]

  @Test(arguments: all) func `a server says what it claims to be`(software: String) throws {
    var profile = SmallServer.profile(software)
    profile.claimedSoftware = "Fulcrum 1.9.1"
    var connection = try SmallServer.connection(profile)
    let version = SmallServer.ask(&connection, "server.version", Self.hello)
    #expect(version?["result"]?.elements?.first?.text == "Fulcrum 1.9.1")
    let banner = SmallServer.ask(&connection, "server.banner")
    #expect(banner?["result"]?.text == "Connected to a Fulcrum 1.9.1 server")
    let features = SmallServer.ask(&connection, "server.features")?["result"]
    if let features { #expect(features["server_version"]?.text == "Fulcrum 1.9.1") }
  }

  @Test(arguments: all) func `a client of a certain name sees another face`(software: String) throws
  {
    var profile = SmallServer.profile(software)
    var other = profile
    other.banner = "for you alone"
    profile.banner = "for all"
    profile.variants = [ClientVariant(clientPrefix: "electrum/4", server: other)]
    var connection = try SmallServer.connection(profile)
    _ = SmallServer.ask(&connection, "server.version", Self.hello)
    #expect(SmallServer.ask(&connection, "server.banner")?["result"]?.text == "for you alone")
    var stranger = try SmallServer.connection(profile)
    _ = SmallServer.ask(&stranger, "server.version", [.string("bdk"), .string("1.4")])
    #expect(SmallServer.ask(&stranger, "server.banner")?["result"]?.text == "for all")
  }

  @Test(arguments: all) func `a phishing server answers every broadcast with its text`(
    software: String
  ) throws {
    var profile = SmallServer.profile(software)
    profile.broadcast = .refuses(text: "update your wallet")
    var connection = try SmallServer.connection(profile)
    _ = SmallServer.ask(&connection, "server.version", Self.hello)
    let reply = SmallServer.ask(
      &connection, "blockchain.transaction.broadcast", [.string("deadbeef")])
    let error = reply?["error"]
    #expect((error?["message"]?.text ?? error?.text) == "update your wallet")
    profile.broadcast = .falseIdentifier
    var liar = try SmallServer.connection(profile)
    _ = SmallServer.ask(&liar, "server.version", Self.hello)
    let answer = SmallServer.ask(&liar, "blockchain.transaction.broadcast", [.string("deadbeef")])
    #expect(answer?["result"]?.text?.count == 64)
  }

  @Test func `peers are sampled complete or none`() throws {
    let peers = (0..<12).map { number in
      PeerAdvertisement(
        address: "10.\(number / 4).0.\(number)", host: "p\(number).test", features: ["v1.4", "t"])
    }
    var told: [String: Int] = [:]
    for software in ["ElectrumX 2.0.0", "Fulcrum 2.1.1", "electrs/0.11.1"] {
      var profile = SmallServer.profile(software)
      profile.peers = PeerKnowledge(peers)
      var connection = try SmallServer.connection(profile)
      _ = SmallServer.ask(&connection, "server.version", Self.hello)
      let reply = SmallServer.ask(&connection, "server.peers.subscribe")
      told[software] = reply?["result"]?.elements?.count
    }
    // Three networks of a /16 with four peers each.
    #expect(told == ["ElectrumX 2.0.0": 6, "Fulcrum 2.1.1": 12, "electrs/0.11.1": 0])
  }

  /// Keys as each implementation orders them, and only what was subscribed.
  @Test(arguments: [
    ("ElectrumX 1.20.0", ["jsonrpc", "method", "params"], ["hex", "height"]),
    ("Fulcrum 2.1.1", ["jsonrpc", "method", "params"], ["height", "hex"]),
    ("electrs/0.11.1", ["jsonrpc", "method", "params"], ["height", "hex"]),
    ("ElectrumPersonalServer 0.2.4", ["method", "params", "jsonrpc"], ["hex", "height"]),
  ]) func `a new block is told to who subscribed`(
    software: String, keys: [String], headerKeys: [String]
  ) throws {
    var connection = try SmallServer.connection(SmallServer.profile(software))
    _ = SmallServer.ask(&connection, "server.version", Self.hello)
    let count = connection.packets.count
    connection.update(SmallServer.profile(software, tip: 159))
    #expect(connection.packets.count == count)
    _ = SmallServer.ask(&connection, "blockchain.headers.subscribe")
    let before = connection.packets.count
    connection.update(SmallServer.profile(software, tip: 160))
    connection.run(until: connection.now + 2)
    let bytes = connection.packets.dropFirst(before).flatMap(\.bytes)
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    #expect(lines.count == 1)
    let notice = try WireDocument(parsing: try #require(lines.first)).value
    #expect(notice.members?.map(\.key) == keys)
    let header = notice["params"]?.elements?.first
    #expect(header?.members?.map(\.key) == headerKeys)
    #expect(header?["height"]?.integer == 160)
  }

  /// From protocol 1.7 on, and meaning nothing.
  @Test func `electrum X2 hides blocks among pings`() throws {
    let profile = SmallServer.profile("ElectrumX 2.0.0")
    var connection = try SmallServer.connection(profile)
    _ = SmallServer.ask(
      &connection, "server.version", [.string("p"), .array([.string("1.4"), .string("1.7")])])
    let before = connection.packets.count
    connection.update(SmallServer.profile("ElectrumX 2.0.0", tip: 160))
    connection.run(until: connection.now + 2)
    let text = String(
      decoding: connection.packets.dropFirst(before).flatMap(\.bytes), as: UTF8.self)
    #expect(text.contains(#""method":"server.ping""#))
  }
}
