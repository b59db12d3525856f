import ChainTruth
import ElectrumProtocol
import Records
import Testing

@testable import Scoring

/// What honest servers do that looks like a deviation, and attacks that try to have them accused.
struct HardNegativeTests {
  /// Two scans, six hours apart, of ten honest servers and those that are added.
  private func series(_ change: (inout SampleScan) throws -> Void) rethrows -> SampleSeries {
    var scans: [SampleScan] = []
    for (name, time) in [("a", 0), ("b", 21_600)] {
      var scan = SampleScan(name: name, startedAt: time)
      let history = told(scan, SampleScan.history)
      scan.addHonest(10) { $0.histories = [history] }
      try change(&scan)
      scans.append(scan)
    }
    return SampleSeries(scans[0], scans[1])
  }

  private func told(
    _ scan: SampleScan, _ entries: [ListedTransaction], attempt: Int = 1, script: String = "s"
  ) -> ScanEvidence.History {
    .init(place: scan.place(5, attempt), script: script, entries: entries)
  }

  @Test
  func `two servers that invent transactions, one that states ten blocks more, one more header 0`()
    throws
  {
    let invented =
      SampleScan.history + (0..<10).map { ListedTransaction("x\($0)", height: 5 + $0) }
    let series = try series { scan in
      for name in ["x", "y"] {
        var liar = scan.server(name)
        liar.histories = [told(scan, invented), told(scan, invented, attempt: 2)]
        scan.servers.append(liar)
      }
      var boaster = scan.server("boaster")
      let tip = try #require(boaster.headers.last)
      boaster.headers.removeLast()
      boaster.headers.append(
        .init(place: tip.place, height: tip.height + 10, header: tip.header, isTip: true))
      scan.servers.append(boaster)
      var other = scan.server("other-first-block")
      other.headers[0] = .init(
        place: scan.place(), height: 0, header: SampleScan.header(1, "false"), isTip: false)
      scan.servers.append(other)
    }
    let honest = try series.flagged().filter { $0.hasPrefix("h") }
    #expect(honest.isEmpty)
    #expect(try series.flagged() == ["other-first-block"])
  }

  @Test func `a header without work that most servers give is nobody's own`() throws {
    let series = series { scan in
      let easy = SampleScan.header(950)
      let shared = HeaderFacts(
        hash: ChainHash(of: Array("no work".utf8)), previous: easy.previous,
        merkleRoot: easy.merkleRoot, time: easy.time, bits: 0x1D00_FFFF)
      for index in 0..<10 {
        scan.servers[index].headers.append(
          .init(place: scan.place(), height: 950, header: shared, isTip: false))
      }
      var liar = scan.server("liar")
      let tip = liar.headers.removeLast()
      let false950 = HeaderFacts(
        hash: ChainHash(of: Array("none either".utf8)), previous: easy.previous,
        merkleRoot: easy.merkleRoot, time: easy.time, bits: 0x1D00_FFFF)
      liar.headers += [
        .init(place: scan.place(), height: 950, header: false950, isTip: false), tip,
      ]
      scan.servers.append(liar)
    }
    #expect(try series.flagged() == ["liar"])
  }

  @Test func `four of ten votes that agree on a lie single out nobody honest`() throws {
    let series = series { scan in
      let lie = Array(SampleScan.history.dropFirst(4)) + [ListedTransaction("lie", height: 7)]
      for index in 0..<8 {
        var liar = scan.server("x\(index)", chain: index < 4 ? "false" : "main")
        liar.histories = [told(scan, lie), told(scan, lie, attempt: 2)]
        liar.fees = [
          .init(place: scan.place(), target: 2, rate: 1),
          .init(place: scan.place(), target: 5, rate: 1),
        ]
        scan.servers.append(liar)
      }
      for index in 0..<10 {
        scan.servers[index].fees = [
          .init(place: scan.place(), target: 2, rate: 20),
          .init(place: scan.place(), target: 5, rate: 10),
        ]
      }
    }
    #expect(try series.flagged().allSatisfy { $0.hasPrefix("x") })
  }

  @Test func `who follows a minority of the list may list what the others were told to hide`()
    throws
  {
    // Six of eleven answers leave a transaction out: without a proof they are the majority.
    let series = series { scan in
      let cut = Array(SampleScan.history.dropFirst())
      for index in 0..<8 {
        var liar = scan.server("x\(index)", voter: "fleet")
        liar.histories = [told(scan, cut)]
        scan.servers.append(liar)
      }
    }
    #expect(try series.flagged().allSatisfy { $0.hasPrefix("x") })
  }

  @Test
  func `a fork's server and one of a test network are accused of nothing, whatever they list`()
    throws
  {
    let series = series { scan in
      for index in 0..<10 {
        scan.servers[index].fees = [
          .init(place: scan.place(), target: 2, rate: 20),
          .init(place: scan.place(), target: 25, rate: 5),
        ]
      }
      for (name, chain, tip) in [
        ("cash", "cash", 1180), ("gold", "gold", 970), ("test", "test", 3000),
      ] {
        var server = scan.server(name, tip: tip, chain: chain)
        server.histories = [
          told(scan, []), told(scan, [ListedTransaction("f", height: 3)], attempt: 2),
        ]
        server.fees = [
          .init(place: scan.place(), target: 2, rate: 900),
          .init(place: scan.place(), target: 25, rate: 900),
        ]
        if name == "test" {
          server.headers[0] = .init(
            place: scan.place(), height: 0, header: SampleScan.header(1, "test"), isTip: false)
          server.genesisHashes = [SampleScan.header(1, "test").hash.printed]
        }
        scan.servers.append(server)
      }
    }
    #expect(try series.flagged().isEmpty)
  }

  @Test func `one block behind, replicas a block apart and a restart are no deviation`() throws {
    let series = series { scan in
      scan.servers.append(scan.server("behind", tip: SampleScan.tip - 1))
      var pool = scan.server("pool")
      let place = scan.place(2, 2)
      pool.headers.append(
        .init(
          place: place, height: SampleScan.tip - 1, header: SampleScan.header(SampleScan.tip - 1),
          isTip: true))
      pool.histories = [
        told(scan, SampleScan.history),
        told(
          scan, SampleScan.history + [ListedTransaction("new", height: SampleScan.tip)], attempt: 2),
      ]
      scan.servers.append(pool)
      var restarted = scan.server("restarted")
      restarted.histories = []
      restarted.transactions = [
        .init(place: scan.place(8), asked: SampleScan.id(1), answer: .unknown)
      ]
      var cut = ScanEvidence.AskedAlone(
        place: scan.place(9), question: "history", unanswered: 9)
      cut.first = .init(answer: 4, service: 1, ping: 3)
      restarted.alone = [cut]
      restarted.clientAnswers = ["a", "b", "c", "b"].enumerated().map { round, digest in
        .init(
          place: scan.place(10 + round), subject: "banner",
          client: round % 2 == 0 ? "us" : "wallet",
          round: round, digest: digest, figure: nil)
      }
      scan.servers.append(restarted)
    }
    #expect(try series.flagged().isEmpty)
    #expect(try series.deviation("behind").fired.isEmpty)
    #expect(try series.deviation("pool").fired.isEmpty)
    #expect(try series.deviation("restarted").fired.isEmpty)
  }

  @Test func `limits on everybody, dropped names and slow lines are no deviation`() throws {
    let series = series { scan in
      var costly = scan.server("costly")
      costly.alone = ["history", "subscribe"].map { question in
        var asked = ScanEvidence.AskedAlone(
          place: scan.place(), question: question, unanswered: 0)
        asked.first = .init(answer: 42, service: 12, ping: 30)
        asked.last = .init(answer: 2440, service: 2410, ping: 2380)
        return asked
      }
      var far = scan.server("far")
      var distant = ScanEvidence.AskedAlone(
        place: scan.place(), question: "history", unanswered: 0)
      distant.first = .init(answer: 850, service: 50, ping: 800)
      distant.last = .init(answer: 1300, service: 500, ping: 840)
      far.alone = [distant]
      var dropping = scan.server("dropping")
      dropping.repliesSeen = 2
      dropping.errors = [
        .init(
          place: scan.place(), text: "unsupported client: server-observatory", isToOldClient: false),
        .init(place: scan.place(), text: "excessive resource usage", isToOldClient: false),
      ]
      scan.servers += [costly, far, dropping]
    }
    #expect(try series.flagged().isEmpty)
    for id in ["costly", "far", "dropping"] {
      #expect(try series.deviation(id).fired.isEmpty, "\(id)")
    }
  }

  @Test func `a claim that one rule contradicts, a proxy and two programs behind a name are none`()
    throws
  {
    let series = series { scan in
      func claim(_ id: String, _ contradictions: [String], isOfKnownProgram: Bool = true) {
        var server = scan.server(id)
        server.claim = .init(
          text: "ElectrumX 1.18.0", agrees: .no, contradictions: contradictions,
          isOfKnownProgram: isOfKnownProgram)
        scan.servers.append(server)
      }
      claim("one", ["software.range-refused server.version x"])
      claim(
        "proxy",
        [
          "software.line-end-lf server.version lf", "software.key-order-sorted server.ping x",
          "software.separators-compact server.ping x", "software.padding-absent server.ping 0",
          "software.id-null-silence malformed.id-null none",
          "software.json-error malformed.invalid-json x",
          "software.no-method malformed.unknown-method x",
        ])
      claim(
        "pair",
        [
          "software.range-refused server.version x", "software.features server.features x",
          "software.banner server.banner x", "software.headers block.headers.0 x",
        ], isOfKnownProgram: false)
    }
    #expect(try series.flagged().isEmpty)
  }

  @Test
  func `fee estimates of old releases, other policies and short histories of a node are none`()
    throws
  {
    let series = series { scan in
      for index in 0..<10 {
        scan.servers[index].fees = [
          .init(place: scan.place(), target: 2, rate: 18 + Double(index)),
          .init(place: scan.place(), target: 25, rate: 4 + Double(index) / 3),
        ]
        scan.servers[index].relayFees = [
          .init(place: scan.place(), rate: 1, estimates: [2: 18, 25: 4])
        ]
      }
      var restarted = scan.server("just-started")
      restarted.fees = [
        .init(place: scan.place(), target: 2, rate: 62),
        .init(place: scan.place(), target: 25, rate: 13),
      ]
      restarted.relayFees = [.init(place: scan.place(), rate: 100, estimates: [2: 62, 25: 13])]
      scan.servers.append(restarted)
    }
    #expect(try series.flagged().isEmpty)
  }

  @Test
  func `nodes that keep the level of a past rush are a school, and who is far above them is not`()
    throws
  {
    func series(conservative: Int) -> SampleSeries {
      self.series { scan in
        let place = scan.place()
        func fees(_ factor: Double) -> [ScanEvidence.Fee] {
          [
            .init(place: place, target: 2, rate: 4 * factor),
            .init(place: place, target: 25, rate: 2 * factor),
          ]
        }
        for index in 0..<10 { scan.servers[index].fees = fees(1 + Double(index) / 100) }
        for index in 0..<conservative {
          var server = scan.server("conservative-\(index)")
          server.fees = fees(6 + Double(index) / 10)
          scan.servers.append(server)
        }
        var liar = scan.server("liar")
        liar.fees = fees(30)
        scan.servers.append(liar)
      }
    }
    #expect(try series(conservative: 3).flagged() == ["liar"])
    // With the liar two estimate as much as one of these or more; one alone is nobody's school.
    #expect(try series(conservative: 1).flagged() == ["conservative-0", "liar"])
  }

  @Test func `a poisoned list of peers and harmless configuration add nothing to a score`() throws {
    let series = series { scan in
      var poisoned = scan.server("poisoned")
      poisoned.peers = PeerList(place: scan.place(), followed: 40, answering: 0)
      poisoned.issuers = [.init(place: scan.place(), text: "CN=localhost")]
      scan.servers.append(poisoned)
    }
    #expect(try series.deviation("poisoned").score == series.deviation("h0").score)
    #expect(try series.flagged().isEmpty)
  }
}
