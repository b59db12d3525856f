import Digests
import ElectrumProtocol
import Probing
import Records
import Testing

@testable import Normalizing

/// Facts of single exchanges, read from the bytes that were sent and received.
struct FactReaderTests {
  private struct Asked {
    var probe: String
    var method: String
    var params: String
    var result: String
  }

  private static let p2wpkh = TestScript.probed[1]
  private static let now = 1_700_000_000_000_000

  private static func txid(_ number: Int) -> String {
    String(String(repeating: "0", count: 60) + String(10_000 + number)).suffix(64)
      .description.leftPadded
  }

  private static func history(_ entries: [(Int, Int)]) -> String {
    "["
      + entries.map { #"{"tx_hash":"\#(txid($0.0))","height":\#($0.1)}"# }.joined(separator: ",")
      + "]"
  }

  private static func tables(
    _ asked: [Asked], session: String = "main", spacing: Int = 1_000, sent: Bool = true
  ) -> FactTables {
    var connection = Connection(
      address: "127.0.0.1", detail: "", host: "127.0.0.1", network: .ipv4, outcome: .answered,
      transport: .tcp)
    connection.session = session
    for (index, question) in asked.enumerated() {
      let isError = question.result.hasPrefix("!")
      connection.exchanges.append(
        Exchange(outcome: isError ? .replyError : .answered, probe: question.probe).with {
          $0.id = index + 1
          $0.line = index
          $0.sentMicroseconds = index * spacing
          $0.firstByteMicroseconds = index * spacing + 400
          $0.lastByteMicroseconds = index * spacing + 500
        })
      let request =
        #"{"jsonrpc":"2.0","id":\#(index + 1),"method":"\#(question.method)","#
        + #""params":\#(question.params)}"#
      if sent { connection.sent.append(Chunk().with { $0.data = request + "\n" }) }
      let body =
        isError ? "\"error\":\(question.result.dropFirst())" : "\"result\":\(question.result)"
      connection.received.append(
        Chunk().with { $0.data = "{\"jsonrpc\":\"2.0\",\(body),\"id\":\(index + 1)}\n" })
    }
    let lines = ReplyLines(connection.received)
    let replies = connection.exchanges.enumerated().map { index, exchange in
      Reply(
        exchange, sequence: index + 1, endpointID: "e", attempt: 3, lines: lines, form: .bytes)
    }
    var reader = FactReader(scan: "scan-1")
    reader.take(connection, replies, since: now)
    reader.finish()
    return reader.tables
  }

  private static func scripts(_ operation: String, _ probe: String, _ result: String) -> Asked {
    Asked(
      probe: probe, method: "blockchain.scripthash.\(operation)",
      params: #"["\#(p2wpkh.scripthash.text)"]"#, result: result)
  }

  private static func status(_ entries: [(Int, Int)]) -> String {
    let text = entries.map { "\(txid($0.0)):\($0.1):" }.joined()
    return Hex.text(SHA256.digest(Array(text.utf8)))
  }

  @Test func `a status is the hash of the list that its connection told before and after it`() {
    let list = [(1, 100), (2, 120), (3, 0)]
    func told(_ status: String, after: [(Int, Int)] = [(1, 100), (2, 120), (3, 0)]) -> StatusFact? {
      Self.tables([
        Self.scripts("get_history", "history.before.p2wpkh", Self.history(list)),
        Self.scripts("subscribe", "status.p2wpkh", status),
        Self.scripts("get_history", "history.after.p2wpkh", Self.history(after)),
      ]).statuses.first
    }
    let honest = told("\"\(Self.status(list))\"")
    #expect(honest?.agrees == true && honest?.listsEqual == true)
    #expect(honest?.source.scan == "scan-1" && honest?.source.endpointID == "e")
    #expect(honest?.source.attempt == 3 && honest?.source.sequence == 2)
    #expect(honest?.before == 1 && honest?.after == 3)
    #expect(told("\"\(Self.status([(1, 100)]))\"")?.agrees == false)
    #expect(told("null")?.agrees == false)
    #expect(told("\"zz\"")?.isText == false)
    #expect(told("\"\(Self.status(list))\"", after: [(1, 100)])?.listsEqual == false)
    let alone = Self.tables([Self.scripts("subscribe", "status.p2wpkh", "null")]).statuses.first
    #expect(alone?.agrees == nil && alone?.recomputed == nil)
  }

  @Test func `equal lists are kept once, and every answer says which it told`() {
    let list = Self.history([(1, 100), (2, 120)])
    let tables = Self.tables([
      Self.scripts("get_history", "history.p2wpkh", list),
      Self.scripts("get_history", "history.before.p2wpkh", list),
      Self.scripts("get_history", "history.after.p2wpkh", Self.history([(1, 100)])),
      Self.scripts("get_history", "alone.first.history.p2wpkh", #"[{"tx_hash":"x","height":1},7]"#),
    ])
    #expect(tables.historyAnswers.map(\.entries) == [2, 2, 1, 0])
    #expect(tables.historyAnswers.map(\.malformed) == [0, 0, 0, 2])
    #expect(tables.historyAnswers[0].listSHA256 == tables.historyAnswers[1].listSHA256)
    #expect(tables.histories.map(\.source.sequence) == [1, 1, 3])
    #expect(tables.histories.map(\.position) == [0, 1, 0])
    #expect(tables.historyAnswers.allSatisfy { $0.cut == 0 && $0.script == "p2wpkh" })
  }

  @Test func `a list of a flood is cut, and what is cut is counted`() throws {
    let flood = Self.history((0..<5_000).map { ($0, 100) })
    let first = try #require(
      Self.tables([Self.scripts("get_history", "history.p2wpkh", flood)]).historyAnswers.first)
    #expect(first.entries == 5_000 && first.cut == 5_000 - 2_048)
    // Different lists without end.
    let many = Self.tables(
      (0..<20).map { turn in
        Self.scripts(
          "get_history", "history.p2wpkh",
          Self.history((0..<2_000).map { (turn * 2_000 + $0, 100) }))
      })
    #expect(many.histories.count <= 20_000)
    #expect(many.historyAnswers.reduce(0) { $0 + $1.cut } == 40_000 - many.histories.count)
  }

  private static let genesis =
    "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c"
    + "3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c"

  @Test func `a header is at the height that was asked, told or counted`() {
    let tables = Self.tables([
      Asked(
        probe: "blockchain.headers.subscribe", method: "blockchain.headers.subscribe", params: "[]",
        result: #"{"height":7,"hex":"\#(Self.genesis)"}"#),
      Asked(
        probe: "block.header.0", method: "blockchain.block.header", params: "[0]",
        result: "\"\(Self.genesis)\""),
      Asked(
        probe: "block.headers.0", method: "blockchain.block.headers", params: "[0,3]",
        result: #"{"count":2,"hex":"\#(Self.genesis + Self.genesis)"}"#),
      Asked(
        probe: "block.header.hundred", method: "blockchain.block.header", params: "[100]",
        result: "\"no header\""),
    ])
    #expect(tables.headers.map(\.height) == [7, 0, 0, 1])
    #expect(tables.headers.map(\.heightSource) == [.told, .asked, .counted, .counted])
    #expect(tables.headers.allSatisfy { $0.workValid && $0.hash.hasPrefix("000000000019d668") })
    // What the server states of itself is no answer to a question that others were asked.
    #expect(tables.commitments.map(\.level) == [0])
  }

  @Test func `only whole subtrees of a proof compare between servers`() {
    let branch = (0..<4).map { "\"\(Self.txid($0))\"" }.joined(separator: ",")
    let tables = Self.tables([
      Asked(
        probe: "block.header.proof", method: "blockchain.block.header", params: "[0,9]",
        result: #"{"branch":[\#(branch)],"header":"\#(Self.genesis)","root":"00"}"#)
    ])
    // 2^(k+1) - 1 <= 9: levels 0, 1 and 2.
    #expect(tables.commitments.filter { $0.kind == .subtree }.map(\.level) == [0, 1, 2])
    #expect(tables.commitments.compactMap(\.checkpoint) == [9, 9, 9])
  }

  @Test func `a proof leads to its root, and a malformed one to none`() throws {
    func proof(_ merkle: String, _ position: Int) -> ProofFact? {
      Self.tables([
        Asked(
          probe: "second.proof.1", method: "blockchain.transaction.get_merkle",
          params: #"["\#(Self.txid(1))",120]"#,
          result: #"{"block_height":120,"merkle":\#(merkle),"pos":\#(position)}"#)
      ]).proofs.first
    }
    let honest = proof(#"["\#(Self.txid(2))"]"#, 0)
    let (leaf, sibling) = try (
      #require(ChainHash(printed: Self.txid(1))), #require(ChainHash(printed: Self.txid(2)))
    )
    #expect(honest?.root == ChainHash(of: leaf.bytes + sibling.bytes).printed)
    #expect(honest?.length == 1 && honest?.height == 120)
    #expect(proof(#"["\#(Self.txid(2))"]"#, 5)?.root == nil)
    #expect(proof(#"["zz"]"#, 0)?.root == nil)
    #expect(proof("[]", 0)?.root == Self.txid(1))
    #expect(proof("[" + String(repeating: "7,", count: 99) + "7]", 0)?.length == 100)
  }

  @Test func `a transaction says what it pays and, where its parents came, what it spends`() throws
  {
    func raw(spending parent: [UInt8], to script: [UInt8]) -> [UInt8] {
      [2, 0, 0, 0, 1] + parent + [0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 1]
        + [100, 0, 0, 0, 0, 0, 0, 0, UInt8(script.count)] + script + [0, 0, 0, 0]
    }
    let first = raw(spending: [UInt8](repeating: 9, count: 32), to: Self.p2wpkh.scriptPubKey)
    let id = try #require(RawTransaction(first)).text
    let second = raw(
      spending: try #require(Hex.bytes(id)).reversed(), to: TestScript.probed[0].scriptPubKey)
    func asked(_ id: String, _ result: String) -> Asked {
      Asked(
        probe: "transaction.get.newest.p2wpkh", method: "blockchain.transaction.get",
        params: #"["\#(id)"]"#, result: result)
    }
    let tables = Self.tables([
      asked(Self.txid(5), "\"\(Hex.text(second))\""), asked(id, "\"\(Hex.text(first))\""),
      asked(Self.txid(6), #"!{"code":2,"message":"daemon error"}"#),
      asked(Self.txid(7), "\"0102\""),
    ])
    #expect(tables.transactions.map(\.pays) == [["p2pkh"], ["p2wpkh"], [], []])
    #expect(tables.transactions.map(\.spends) == [["p2wpkh"], [], [], []])
    #expect(tables.transactions.map(\.inputsKnown) == [1, 0, nil, nil])
    #expect(tables.transactions.map(\.known) == [true, true, false, true])
    #expect(tables.transactions[2].errorCode == 2)
    // The bytes are another transaction than was asked for.
    #expect(tables.transactions[0].ownID != tables.transactions[0].transaction)
    #expect(tables.transactions[1].ownID == id && tables.transactions[3].ownID == nil)
  }

  @Test func `what was asked alone has its time over the least ping, and the ping beside it`()
    throws
  {
    let ping = Asked(
      probe: "alone.first.server.ping", method: "server.ping", params: "[]", result: "null")
    let tables = Self.tables(
      [
        ping, Self.scripts("get_history", "alone.first.history.p2wpkh", "[]"),
        Self.scripts("subscribe", "alone.last.status.p2wpkh", "null"),
      ], session: "further")
    #expect(tables.askedAlone.map(\.depth) == ["first", "first", "last"])
    #expect(tables.askedAlone.map(\.scriptRequests) == [0, 0, 1])
    #expect(tables.askedAlone.map(\.service) == [0, 0, 0])
    #expect(tables.askedAlone.map(\.ping) == [0.4, 0.4, nil])
    #expect(tables.askedAlone.map(\.silence) == [nil, 0.5, 0.5])
  }

  @Test func `fees are kept as sent, and a state needs three estimates that differ`() {
    func fees(_ prefix: String, _ estimates: [(Int, String)], relay: String = "1e-05") -> FeeState?
    {
      Self.tables(
        [
          Asked(
            probe: "\(prefix)relayfee", method: "blockchain.relayfee", params: "[]", result: relay)
        ]
          + estimates.map {
            Asked(
              probe: "\(prefix)estimatefee.\($0.0)", method: "blockchain.estimatefee",
              params: "[\($0.0)]", result: $0.1)
          }
      ).feeStates.first
    }
    let three = fees("second.", [(2, "0.00012"), (5, "1.1e-04"), (144, "2e-05")])
    #expect(three?.estimate5 == "1.1e-04" && three?.relayFee == "1e-05" && three?.snapshot == 2)
    #expect(three?.state == "1e-05 ? 2=0.00012 5=0.00011 144=2e-05")
    // At the relay fee, an estimate says nothing; nor do three that are one number.
    #expect(fees("", [(2, "0.00012"), (5, "0.00011"), (144, "1e-05")])?.state == nil)
    #expect(fees("", [(2, "0.00012"), (5, "0.00012"), (144, "0.00012")])?.state == nil)
    #expect(fees("third.", [(2, "-1")])?.snapshot == 3)
    #expect(fees("client.wallet.", [(2, "0.1")]) == nil)
  }

  @Test func `answers under two names are equal where they say the same`() {
    func answers(_ session: String, _ prefix: String, _ banner: String) -> [ClientAnswer] {
      Self.tables(
        [
          Asked(
            probe: "\(prefix)server.version", method: "server.version",
            params: #"["electrum/4.8.1",["1.4","1.6"]]"#, result: #"["x","1.6"]"#),
          Asked(
            probe: "\(prefix)server.banner", method: "server.banner", params: "[]",
            result: "\"\(banner)\""),
          Asked(
            probe: "\(prefix)estimatefee.2", method: "blockchain.estimatefee", params: "[2]",
            result: "0.0002"),
        ], session: session
      ).clientAnswers
    }
    let ours = answers("main", "", "height 900001")
    let wallet = answers("client.wallet", "client.wallet.", "height 900002")
    #expect(ours.map(\.subject) == ["server.banner", "estimatefee.2"])
    #expect(wallet.map(\.subject) == ours.map(\.subject))
    #expect(wallet.map(\.digest) == ours.map(\.digest))
    #expect(wallet.map(\.client) == ["wallet", "wallet"] && ours[0].client == "ours")
    #expect(wallet[1].figure == 0.0002 && wallet[0].clientName == "electrum/4.8.1")
    let other = answers("client.wallet", "client.wallet.", "update your wallet")
    #expect(other[0].digest != ours[0].digest)
    #expect(answers("further", "", "x").isEmpty)
  }

  @Test func `an import, whose requests nobody kept, gives no facts`() {
    let tables = Self.tables(
      [Self.scripts("get_history", "history.p2wpkh", "[]")], sent: false)
    #expect(tables.historyAnswers.isEmpty)
  }
}

extension String {
  /// To the 64 digits of an id.
  fileprivate var leftPadded: String {
    String(repeating: "0", count: Swift.max(0, 64 - utf8.count)) + self
  }
}
