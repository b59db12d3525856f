import ChainTruth
import ElectrumProtocol
import Records
import Testing

@testable import Scoring

/// Content: what servers say of the chain.
struct ContentTests {
  private func scan(_ change: (inout SampleScan) throws -> Void) rethrows -> SampleSeries {
    var scan = SampleScan()
    let told = Self.told(scan, SampleScan.history)
    scan.addHonest(6) { $0.histories = [told] }
    try change(&scan)
    return SampleSeries(scan)
  }

  private static func told(
    _ scan: SampleScan, _ entries: [ListedTransaction], attempt: Int = 1
  ) -> ScanEvidence.History {
    .init(place: scan.place(5, attempt), script: SampleScan.script, entries: entries)
  }

  @Test func `an omission in two answers is strong, and in one supporting`() throws {
    let cut = Array(SampleScan.history.dropFirst(3))
    let series = scan { scan in
      var once = scan.server("once")
      once.histories = [Self.told(scan, cut), Self.told(scan, SampleScan.history, attempt: 2)]
      var twice = scan.server("twice")
      twice.histories = [Self.told(scan, cut), Self.told(scan, cut, attempt: 2)]
      var silent = scan.server("silent")
      silent.headers = []
      silent.histories = [Self.told(scan, [])]
      scan.servers += [once, twice, silent, scan.server("unasked")]
    }
    #expect(try series.grade("once", .historyOmission) == .supporting)
    #expect(try series.grade("twice", .historyOmission) == .strong)
    #expect(try series.grade("h0", .historyOmission) == nil)
    #expect(try series.status("h0", .historyOmission) == .passed)
    #expect(try series.status("silent", .historyOmission) == .unknown, "it shows no height")
    #expect(try series.status("unasked", .historyOmission) == .unknown)
    #expect(try series.flagged() == ["twice"])
  }

  /// A block at height 10 of one transaction beside the script's first one, proved by who asks.
  @Test func `an omission of what is proved is proved in two answers`() throws {
    let (leaf, sibling) = (SampleScan.history[0].transaction, SampleScan.id(99))
    let series = scan { scan in
      let root = ChainHash(
        of: (ChainHash(printed: leaf)?.bytes ?? []) + (ChainHash(printed: sibling)?.bytes ?? []))
      let easy = SampleScan.header(10)
      let header = HeaderFacts(
        hash: easy.hash, previous: easy.previous, merkleRoot: root, time: easy.time,
        bits: easy.bits)
      for index in scan.servers.indices {
        scan.servers[index].headers.append(
          .init(place: scan.place(), height: 10, header: header, isTip: false))
        scan.servers[index].transactions.append(
          .init(
            place: scan.place(), asked: leaf,
            answer: .bytes(id: leaf, scripts: [SampleScan.script], isOfNodeSize: false)))
        if let branch = try? MerkleBranch(printed: [sibling]), let leaf = ChainHash(printed: leaf) {
          let told = ToldProof(
            server: scan.servers[index].serverID, voter: scan.servers[index].voter,
            transaction: leaf, height: 10, position: 0, branch: branch)
          scan.servers[index].proofs.append(.init(place: scan.place(), told: told))
        }
      }
      var liar = scan.server("liar")
      let cut = Array(SampleScan.history.dropFirst())
      liar.histories = [Self.told(scan, cut), Self.told(scan, cut, attempt: 2)]
      scan.servers.append(liar)
    }
    #expect(try series.grade("liar", .historyOmission) == .proved)
    #expect(try series.grade("h0", .inventedTransaction) == nil)
    #expect(try series.status("h0", .inventedTransaction) == .passed)
    #expect(try series.flagged() == ["liar"])
    #expect(try series.deviation("liar").verdict == .proved)
    // The same without archived bytes: nobody can check it.
    var imported = series
    imported.scans[0].hasBytes = false
    #expect(try imported.grade("liar", .historyOmission) != .proved)
  }

  @Test func `two servers that invent ten buried transactions flag nobody honest`() throws {
    let invented = SampleScan.history + (0..<10).map { ListedTransaction("x\($0)", height: 5) }
    let series = scan { scan in
      for name in ["x", "y"] {
        var liar = scan.server(name)
        liar.histories = [Self.told(scan, invented), Self.told(scan, invented, attempt: 2)]
        scan.servers.append(liar)
      }
    }
    #expect(try series.flagged().isEmpty)
  }

  @Test func `what a server alone lists is supporting, and strong in two scans`() throws {
    func scan(_ name: String, at time: Int, _ invented: [ListedTransaction]) -> SampleScan {
      var scan = SampleScan(name: name, startedAt: time)
      let told = Self.told(scan, SampleScan.history)
      scan.addHonest(6) { $0.histories = [told] }
      var liar = scan.server("liar")
      liar.histories = [Self.told(scan, SampleScan.history + invented)]
      scan.servers.append(liar)
      return scan
    }
    let invented = [ListedTransaction("x", height: 5)]
    let once = SampleSeries(scan("a", at: 0, invented))
    #expect(try once.grade("liar", .inventedTransaction) == .supporting)
    #expect(try once.flagged().isEmpty)
    let twice = SampleSeries(scan("a", at: 0, invented), scan("b", at: 21_600, invented))
    #expect(try twice.grade("liar", .inventedTransaction) == .strong)
    #expect(try twice.flagged() == ["liar"])
    let ended = SampleSeries(scan("a", at: 0, invented), scan("b", at: 21_600, []))
    #expect(try ended.flagged().isEmpty, "an index that was repaired")
  }

  @Test func `a branch to another root is outvoted, and bytes of another transaction are proved`()
    throws
  {
    let series = try scan { scan in
      for index in 0..<6 {
        scan.servers[index].proofs = [try Self.proof(scan, scan.servers[index], SampleScan.id(50))]
      }
      var liar = scan.server("liar")
      liar.proofs = [try Self.proof(scan, liar, SampleScan.id(51))]
      var other = scan.server("other")
      other.transactions = [
        .init(
          place: scan.place(), asked: SampleScan.id(1),
          answer: .bytes(id: SampleScan.id(2), scripts: [], isOfNodeSize: false))
      ]
      scan.servers += [liar, other]
    }
    #expect(try series.grade("liar", .inventedTransaction) == .strong)
    #expect(try series.grade("other", .inventedTransaction) == .proved)
    #expect(try series.grade("h0", .inventedTransaction) == nil)
    #expect(try series.flagged() == ["liar", "other"])
  }

  private static func proof(
    _ scan: SampleScan, _ server: ScanEvidence, _ sibling: String
  ) throws -> ScanEvidence.Proof {
    let branch = try MerkleBranch(printed: [sibling])
    return .init(
      place: scan.place(),
      told: ToldProof(
        server: server.serverID, voter: server.voter,
        transaction: ChainHash(printed: SampleScan.id(1)) ?? SampleScan.genesis, height: 10,
        position: 0, branch: branch))
  }

  @Test func `an unconfirmed transaction that does not touch its script is proved`() throws {
    let series = scan { scan in
      func listing(_ touches: Bool?, orphan: Bool) -> ScanEvidence.Unconfirmed {
        var listed = ScanEvidence.Unconfirmed(
          place: scan.place(), script: "s", transaction: "u", touchesScript: touches)
        listed.isOrphanOfItsOwn = orphan
        return listed
      }
      var liar = scan.server("liar")
      liar.unconfirmed = [listing(false, orphan: false)]
      var orphan = scan.server("orphan")
      orphan.unconfirmed = [listing(nil, orphan: true)]
      var plain = scan.server("plain")
      plain.unconfirmed = [listing(true, orphan: false)]
      var hidden = scan.server("hidden")
      hidden.unconfirmed = [listing(nil, orphan: false)]
      scan.servers += [liar, orphan, plain, hidden]
    }
    #expect(try series.grade("liar", .inventedTransaction) == .proved)
    #expect(try series.grade("orphan", .inventedTransaction) == .supporting)
    #expect(try series.status("plain", .inventedTransaction) == .passed)
    #expect(try series.status("hidden", .inventedTransaction) == .unknown)
  }

  @Test func `a header without the chain's work is proved, whatever the coverage`() throws {
    let series = scan { scan in
      var liar = scan.server("liar")
      let easy = SampleScan.header(1001)
      let idle = HeaderFacts(
        hash: ChainHash([UInt8](repeating: 0xFF, count: 32)) ?? easy.hash, previous: easy.previous,
        merkleRoot: nil,
        time: easy.time, bits: easy.bits)
      liar.headers.append(.init(place: scan.place(9), height: 1001, header: idle, isTip: true))
      var bare = ScanEvidence(serverID: "bare", voter: "bare")
      bare.headers = [.init(place: scan.place(), height: 1001, header: idle, isTip: true)]
      scan.servers += [liar, bare]
    }
    #expect(try series.grade("liar", .invalidHeader) == .proved)
    #expect(try series.status("h0", .invalidHeader) == .passed)
    #expect(try series.status("bare", .invalidHeader) == .unknown, "it may be of another chain")
    #expect(try series.evidence("liar").map(\.sequence) == [9])
    #expect(try series.evidence("liar").allSatisfy { $0.archived })
  }

  @Test func `buried headers that do not link, and a false header 0, contradict the own tip`()
    throws
  {
    let series = scan { scan in
      var unlinked = scan.server("unlinked")
      unlinked.headers += [700, 701].map {
        .init(
          place: scan.place(), height: $0, header: SampleScan.header($0, "p\($0)"), isTip: false)
      }
      var first = scan.server("first")
      first.headers[0] = .init(
        place: scan.place(), height: 0, header: SampleScan.header(1, "false"), isTip: false)
      scan.servers += [unlinked, first]
    }
    #expect(try series.grade("unlinked", .invalidHeader) == .proved)
    #expect(try series.grade("first", .invalidHeader) == .proved)
    #expect(try series.flagged() == ["first", "unlinked"])
  }

  @Test func `a server of another chain is accused of nothing`() throws {
    let series = scan { scan in
      var cash = scan.server("cash", tip: 1180, chain: "cash")
      cash.histories = [Self.told(scan, []), Self.told(scan, [], attempt: 2)]
      var test = scan.server("test", tip: 3000, chain: "test")
      test.headers[0] = .init(
        place: scan.place(), height: 0, header: SampleScan.header(1, "test"), isTip: false)
      test.genesisHashes = [SampleScan.header(1, "test").hash.printed]
      scan.servers += [cash, test]
    }
    for server in ["cash", "test"] {
      for rule in [
        IndicatorRule.historyOmission, .inventedTransaction, .invalidHeader, .staleTip,
        .missingTransaction, .otherGenesis,
      ] {
        #expect(try series.grade(server, rule) == nil, "\(server) \(rule.id)")
      }
    }
    #expect(try series.flagged().isEmpty)
  }

  @Test func `another genesis is proved where the own tip is on the chain, and only there`() throws
  {
    let series = scan { scan in
      var liar = scan.server("liar")
      liar.genesisHashes = [SampleScan.id(3)]
      var silent = scan.server("silent")
      silent.genesisHashes = []
      scan.servers += [liar, silent]
    }
    #expect(try series.grade("liar", .otherGenesis) == .proved)
    #expect(try series.status("h0", .otherGenesis) == .passed)
    #expect(try series.status("silent", .otherGenesis) == .unknown)
  }

  @Test func `in a scan of another chain nobody is judged by the chain, and the rows say why`()
    throws
  {
    let series = scan { scan in
      scan.chain = ScanChain(genesisHash: SampleScan.id(9), isOther: true)
      var liar = scan.server("liar")
      liar.genesisHashes = [SampleScan.id(3)]
      scan.servers.append(liar)
    }
    for row in try series.rows("liar") {
      guard let rule = IndicatorRule.rule(row.indicator), rule.dependsOnChain else { continue }
      #expect(row.status != .fired && row.status != .passed)
      #expect(row.unknownReason == .otherChain)
    }
    #expect(
      try series.rows("liar").allSatisfy { row in
        (row.status == .unknown || row.status == .notMeasured) == (row.unknownReason != nil)
      })
  }

  @Test func `a stale tip is suspected in two scans of two, far enough apart, and not in one`()
    throws
  {
    func scan(_ name: String, at time: Int, lag: Int) -> SampleScan {
      var scan = SampleScan(name: name, startedAt: time)
      scan.addHonest(6)
      scan.servers += [
        scan.server("stale", tip: 1000 - lag), scan.server("near", tip: 998),
        scan.server("ahead", tip: 1001), ScanEvidence(serverID: "mute", voter: "mute"),
      ]
      return scan
    }
    let once = SampleSeries(scan("a", at: 0, lag: 50))
    #expect(try once.grade("stale", .staleTip) == .strong)
    #expect(try once.deviation("stale").verdict != .suspected)
    #expect(try once.grade("near", .staleTip) == nil)
    #expect(try once.status("ahead", .staleTip) == .passed)
    #expect(try once.status("mute", .staleTip) == .unknown)
    let twice = SampleSeries(scan("a", at: 0, lag: 50), scan("b", at: 21_600, lag: 50))
    #expect(try twice.deviation("stale").verdict == .suspected)
    #expect(try twice.flagged() == ["stale"])
    let close = SampleSeries(scan("a", at: 0, lag: 50), scan("b", at: 3600, lag: 50))
    #expect(try close.flagged().isEmpty, "an hour later it is the same occasion")
  }

  @Test func `a status that is no history's is strong once and proved of two scripts`() throws {
    let series = scan { scan in
      func status(_ script: String, _ told: String?, equal: Bool = true) -> ScanEvidence.Status {
        .init(
          place: scan.place(), script: script, told: told, recomputed: ["right"],
          areListsEqual: equal)
      }
      var one = scan.server("one")
      one.statuses = [status("s", "wrong"), status("t", "right")]
      var two = scan.server("two")
      two.statuses = [status("s", "wrong"), status("t", nil)]
      var moving = scan.server("moving")
      moving.statuses = [status("s", "wrong", equal: false)]
      var right = scan.server("right")
      right.statuses = [status("s", "right")]
      scan.servers += [one, two, moving, right]
    }
    #expect(try series.grade("one", .statusMismatch) == .strong)
    #expect(try series.grade("two", .statusMismatch) == .proved)
    #expect(try series.status("moving", .statusMismatch) == .unknown)
    #expect(try series.status("right", .statusMismatch) == .passed)
  }

  @Test func `who never gives what it lists is strong in two scans, and busy servers are unknown`()
    throws
  {
    func scan(_ name: String, at time: Int) -> SampleScan {
      var scan = SampleScan(name: name, startedAt: time)
      scan.addHonest(6)
      func answered(_ id: String, _ answers: ScanEvidence.Transaction.Answer...) {
        var server = scan.server(id)
        server.transactions = answers.map {
          .init(place: scan.place(), asked: SampleScan.id(1), answer: $0)
        }
        scan.servers.append(server)
      }
      let bytes = ScanEvidence.Transaction.Answer.bytes(
        id: SampleScan.id(1), scripts: [], isOfNodeSize: false)
      answered("lacks", .notFound)
      answered("busy", .unknown)
      answered("once", .notFound, bytes)
      answered("has", bytes)
      return scan
    }
    let once = SampleSeries(scan("a", at: 0))
    #expect(try once.grade("lacks", .missingTransaction) == .supporting)
    #expect(try once.status("busy", .missingTransaction) == .unknown)
    #expect(try once.status("once", .missingTransaction) == .passed)
    #expect(try once.status("has", .missingTransaction) == .passed)
    let twice = SampleSeries(scan("a", at: 0), scan("b", at: 90_000))
    #expect(try twice.grade("lacks", .missingTransaction) == .strong)
  }
}
