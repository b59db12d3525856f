import ElectrumProtocol
import SimulatedChain
import SimulatedServers
import Statistics
import Testing

@testable import SimulatedNetwork

struct PlantedDeviationTests {
  /// The demo with these deviations on one of its honest servers.
  private func plan(_ deviations: String, epochs: Int = 1) throws -> NetworkPlan {
    let text = try DemoScenario.text().replacing(
      #""id": "birch-1", "#, with: #""id": "birch-1", "deviations": [\#(deviations)], "#)
    var scenario = try Scenario(parsing: Array(text.utf8))
    scenario.chain.blocks = 130
    scenario.chain.blocksPerEpoch = 0
    return try NetworkPlan(scenario, epochs: epochs)
  }

  private func state(_ deviations: String, at epoch: Int = 0, epochs: Int = 1) throws -> ServerState
  {
    let states = try plan(deviations, epochs: epochs).states(at: epoch)
    return try #require(states.first { $0.plan.id == "birch-1" })
  }

  @Test func `lies of content reach the chain view`() throws {
    let lies = try state(
      """
      {"kind":"history-omission","share":0.3},{"kind":"invented-transaction"},
      {"kind":"corrupt-proof"},{"kind":"false-status"},
      {"kind":"missing-transactions","share":0.5},{"kind":"false-fees","factor":10},
      {"kind":"false-relay-fee","factor":50}
      """
    ).profile.chain.lies
    #expect(lies.omittedShare == 0.3 && lies.missingTransactionShare == 0.5)
    #expect(lies.inventsTransaction && lies.corruptsProofs && lies.falsifiesStatus)
    #expect(lies.feeFactor == 10 && lies.relayFeeFactor == 50 && lies.salt != 0)
  }

  @Test func `a deviation shows at its epochs alone`() throws {
    let text = #"{"kind":"slow","delay_ms":500,"from":2,"until":4}"#
    let plan = try plan(text, epochs: 6)
    let delays = (0..<6).map { epoch in
      plan.states(at: epoch).first { $0.plan.id == "birch-1" }?.profile.serviceDelay
    }
    #expect(delays == [0, 0, 0.5, 0.5, 0, 0])
    let server = try #require(plan.servers.first { $0.id == "birch-1" })
    #expect(server.plantings.map(\.from) == [2] && server.plantings.map(\.until) == [4])
    let half = try self.plan(#"{"kind":"silent","epoch_share":0.5}"#, epochs: 2)
    let flickering = try #require(half.servers.first { $0.id == "birch-1" })
    let shown = (0..<200).filter { flickering.shows(0, at: $0, seed: 1) }.count
    #expect((70...130).contains(shown))
  }

  @Test func `clients and origins are shown other faces`() throws {
    let state = try state(
      """
      {"kind":"differs-by-client","client":"4.0","deviations":[{"kind":"slow","delay_ms":900}]},
      {"kind":"differs-by-origin","origin":"tor","other_certificate":true,
       "deviations":[{"kind":"other-banner","text":"for onions"}]},
      {"kind":"throttles-selectively","script":"p2tr","requests":2}
      """)
    #expect(state.profile.variants.map(\.clientPrefix) == ["4.0"])
    #expect(state.profile.variants[0].server.serviceDelay == 0.9)
    #expect(state.profile.serviceDelay == 0)
    #expect(state.profile.selectiveLimit == SelectiveLimit(target: .script("p2tr"), requests: 2))
    #expect(state.originVariants[0].profile.banner == "for onions")
    let direct = state.certificate(viaTor: false, clientAddress: "127.0.0.1")
    let tor = state.certificate(viaTor: true, clientAddress: "127.0.0.1")
    #expect(direct == state.certificate && tor?.keyName != direct?.keyName)
  }

  /// Heights of the tips that so many connections are told first and, after a few questions, last.
  private func tips(_ deviation: String, connections: Int) throws -> [[Int]] {
    let state = try state(deviation)
    #expect(!state.answersEvenly)
    let line = Array(#"{"id":1,"method":"blockchain.headers.subscribe","params":[]}"#.utf8) + [10]
    let hello = Array(#"{"id":0,"method":"server.version","params":["x","1.4"]}"#.utf8) + [10]
    return (1...connections).map { number in
      var session = state.session(
        SessionContext(
          server: state.profile, localAddress: "127.0.0.1", localPort: 50001, isTLS: false,
          random: Xoshiro256StarStar(seed: UInt64(number))))
      _ = session.receive(hello[...], at: 0)
      return (0..<4).flatMap { _ in session.receive(line[...], at: 1) }.compactMap { effect in
        guard case .send(let reply) = effect, let value = try? WireDocument(parsing: reply).value
        else { return nil }
        let height = value["result"]?["height"] ?? value["params"]?.elements?.first?["height"]
        return height?.integer
      }
    }
  }

  @Test func `replicas are drawn for each connection and are not in step`() throws {
    let seen = try tips(#"{"kind":"replicas","count":2,"behind":1}"#, connections: 40)
    #expect(seen.allSatisfy { Set($0).count == 1 })
    let behind = seen.filter { $0.first == 129 }.count
    #expect((8...32).contains(behind) && behind + seen.filter { $0.first == 130 }.count == 40)
  }

  @Test func `a block in the midst of a connection is told of and known from then on`() throws {
    let seen = try tips(#"{"kind":"block-in-midst","requests":3}"#, connections: 1)
    // Two answers without it, the notification, two answers with it.
    #expect(seen == [[129, 129, 130, 130, 130]])
    let server = try state(#"{"kind":"block-in-midst","requests":3}"#).profile
    let later = try #require(server.comingBlock)
    #expect(server.chain.feeEstimate(blocks: 2) != later.chain.feeEstimate(blocks: 2))
  }

  @Test func `false peers replace the list`() throws {
    func hosts(_ text: String) throws -> [PeerAdvertisement] {
      try state(#"{"kind":"false-peers",\#(text)}"#).profile.peers.list()
    }
    let cohort = try hosts(#""peers":"cohort""#)
    #expect(cohort.count == 3 && cohort.allSatisfy { $0.host.contains("birch") })
    #expect(try hosts(#""peers":"junk","count":7"#).count == 7)
    let victims = try hosts(#""peers":"victim","victim":"alder-1","count":9"#)
    #expect(victims.count == 9 && Set(victims.map(\.address)).count == 1)
    #expect(try hosts(#""peers":"asker""#).contains { $0.host == "localhost" })
  }

  /// What the server does with a line, many times over one connection.
  private func replies(
    _ deviation: String, _ line: String, count: Int = 1
  ) throws -> [[SessionEffect]] {
    let state = try state(deviation)
    #expect(!state.alterations.isEmpty)
    var session = state.session(
      SessionContext(
        server: state.profile, localAddress: "127.0.0.1", localPort: 50001, isTLS: false,
        random: Xoshiro256StarStar(seed: 1)))
    let hello = Array(#"{"id":0,"method":"server.version","params":["x","1.4"]}"#.utf8) + [10]
    _ = session.receive(hello[...], at: 0)
    return (0..<count).map { _ in session.receive(Array(line.utf8)[...] + [10], at: 0) }
  }

  private func seconds(_ effects: [SessionEffect]) -> Double {
    effects.reduce(0) { sum, effect in
      if case .sendLater(_, let seconds) = effect { sum + seconds } else { sum }
    }
  }

  private func text(_ effects: [SessionEffect]) -> String {
    effects.compactMap { effect -> String? in
      switch effect {
      case .send(let line), .sendLater(let line, _): String(decoding: line, as: UTF8.self)
      case .pause, .close, .abort: nil
      }
    }.joined()
  }

  @Test func `who throttles by depth slows questions for scripts alone, a cost limit slows all`()
    throws
  {
    let script = String(repeating: "0", count: 64)
    let history =
      #"{"id":1,"method":"blockchain.scripthash.get_history","params":["\#(script)"]}"#
    let ping = #"{"id":1,"method":"server.ping","params":[]}"#
    let deep = #"{"kind":"throttles-by-depth","requests":2,"delay_ms":3000}"#
    let times = try replies(deep, history, count: 4).map(seconds)
    #expect(times.prefix(2).allSatisfy { $0 < 1 } && times.suffix(2).allSatisfy { $0 >= 3 })
    #expect(try replies(deep, ping, count: 4).allSatisfy { seconds($0) < 1 })
    let costly = #"{"kind":"slows-everything","requests":3,"delay_ms":3000}"#
    let pings = try replies(costly, ping, count: 4).map(seconds)
    #expect(pings.prefix(2).allSatisfy { $0 < 1 } && pings.suffix(1).allSatisfy { $0 >= 3 })
  }

  @Test func `errors carry the text that is planted, and results do not`() throws {
    let planted = #"{"kind":"phishing-errors","text":"<b>update</b>"}"#
    let wrong = try replies(planted, #"{"id":1,"method":"no.such.method","params":[]}"#)
    #expect(text(wrong[0]).contains("<b>update</b>"))
    let right = try replies(planted, #"{"id":1,"method":"server.banner","params":[]}"#)
    #expect(!text(right[0]).contains("<b>update</b>") && text(right[0]).contains("result"))
  }

  @Test func `a proxy sorts keys and answers what is no request itself`() throws {
    let planted = #"{"kind":"reserialises"}"#
    let banner = try replies(planted, #"{"id":1,"method":"server.banner","params":[]}"#)
    #expect(text(banner[0]).hasPrefix(#"{"id":1,"jsonrpc":"2.0","result":"#))
    #expect(try text(replies(planted, "not json")[0]).contains("Parse error"))
  }

  @Test func `faults strike their share of connections and tor alone`() throws {
    let text = try DemoScenario.text().replacing(
      #""id": "birch-1", "#,
      with:
        #""id": "birch-1", "faults": [{"methods": ["server.ban"], "share": 0.5, "only_tor": true}], "#
    )
    let plan = try NetworkPlan(try Scenario(parsing: Array(text.utf8)))
    let state = try #require(plan.states(at: 0).first { $0.plan.id == "birch-1" })
    func lost(viaTor: Bool) -> Int {
      (0..<100).filter { number in
        let context = SessionContext(
          server: state.profile, localAddress: "127.0.0.1", localPort: 50001, isTLS: false,
          random: Xoshiro256StarStar(seed: UInt64(number)))
        var session = state.session(context, viaTor: viaTor)
        let line = Array(#"{"id":1,"method":"server.banner","params":[]}"#.utf8) + [10]
        return session.receive(line[...], at: 0).isEmpty
      }.count
    }
    #expect(lost(viaTor: false) == 0)
    #expect((30...70).contains(lost(viaTor: true)))
  }

  @Test(arguments: ProtocolAbuse.allCases) func `every abuse is bounded and ends`(
    abuse: ProtocolAbuse
  ) throws {
    let state = try state(#"{"kind":"abuse","abuse":"\#(abuse.rawValue)"}"#)
    #expect(state.deviationWords == ["abuse"])
    var session = state.session(
      SessionContext(
        server: state.profile, localAddress: "127.0.0.1", localPort: 50001, isTLS: false,
        random: Xoshiro256StarStar(seed: 1)))
    var bytes = 0
    var seconds = 0.0
    for (place, method) in ["server.version", "server.banner", "server.peers.subscribe"]
      .enumerated()
    {
      let line = Array(#"{"id":\#(place),"method":"\#(method)","params":[]}"#.utf8) + [10]
      for effect in session.receive(line[...], at: Double(place)) {
        switch effect {
        case .send(let message), .sendLater(let message, _): bytes += message.count
        case .pause(let pause): seconds += pause
        case .close, .abort: break
        }
      }
    }
    #expect(bytes <= 160 << 20 && seconds <= 700, "\(bytes) bytes, \(seconds) s")
  }

  @Test func `handshake abuse is bytes in place of a handshake`() throws {
    for kind in HandshakeAbuse.Kind.allCases {
      let state = try state(#"{"kind":"handshake-abuse","abuse":"\#(kind.rawValue)"}"#)
      #expect(state.handshake == HandshakeAbuse(kind))
    }
    #expect(HandshakeAbuse(.alert).bytes == [0x15, 3, 3, 0, 2, 2, 40])
    let bytes = HandshakeAbuse(.garbageCertificate).bytes
    #expect(bytes.count == 5 + 4 + 38 + 5 + 4 + 14 && bytes[5] == 2)
  }
}
