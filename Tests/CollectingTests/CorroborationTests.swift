import Collecting
import Probing
import Records
import TestSupport
import Testing

/// What the comparison of servers gives reason to ask in a second visit.
struct CorroborationTests {
  private static func txid(_ number: Int) -> String {
    String(repeating: "0", count: 60) + String(10_000 + number).suffix(4)
  }

  private static func history(_ entries: [(Int, Int)]) -> String {
    "["
      + entries.map { #"{"tx_hash":"\#(txid($0.0))","height":\#($0.1)}"# }.joined(separator: ",")
      + "]"
  }

  /// A first visit's main connection.
  private static func evidence(
    tip: Int = 200, _ entries: [(Int, Int)], branch: [String] = []
  ) -> VisitEvidence {
    var evidence = VisitEvidence()
    let proof = branch.map { "\"\($0)\"" }.joined(separator: ",")
    evidence.take(
      connection([
        ("blockchain.headers.subscribe", #"{"height":\#(tip),"hex":"00"}"#),
        ("history.p2wpkh", history(entries)),
        ("block.header.proof", #"{"branch":[\#(proof)],"header":"00","root":"00"}"#),
      ]))
    return evidence
  }

  private static func connection(_ replies: [(probe: String, result: String)]) -> Connection {
    var row = Connection(
      address: "127.0.0.1", detail: "", host: "127.0.0.1", network: .ipv4, outcome: .answered,
      transport: .tcp)
    for (index, reply) in replies.enumerated() {
      row.exchanges.append(
        Exchange(outcome: .answered, probe: reply.probe).with {
          $0.id = index + 1
          $0.line = index
        })
      row.received.append(
        Chunk().with { $0.data = #"{"id":\#(index + 1),"result":\#(reply.result)}"# + "\n" })
    }
    return row
  }

  private static func corroboration(_ all: [(String, VisitEvidence)]) -> Corroboration {
    var result = Corroboration(forks: [KnownFork(height: 109)])
    for (address, evidence) in all { result.take(evidence, of: address) }
    return result
  }

  private static let usual = [(1, 100), (2, 110), (3, 120)]

  @Test func `servers that agree are asked nothing more`() {
    let all = (1...4).map { ("a\($0)", Self.evidence(Self.usual)) }
    #expect(Self.corroboration(all).questions(at: Set(all.map(\.0))) == [:])
  }

  @Test func `a transaction that more than half list is asked for again, and proved by a lister`()
    throws
  {
    let all =
      (1...3).map { ("a\($0)", Self.evidence(Self.usual)) }
      + [("liar", Self.evidence([(1, 100), (3, 120)]))]
    for order in [all, all.reversed()] {
      let questions = Self.corroboration(order).questions(at: Set(all.map(\.0)))
      #expect(questions["liar"]?.probes == ["second.history.p2wpkh"])
      #expect(
        questions["a1"]?.probes
          == ["second.proof.1", "second.proof.1.transaction", "second.proof.1.header"])
      #expect(questions.count == 2)
    }
  }

  @Test func `what lies less than six blocks under a tip, or only half list, is no omission`() {
    let young =
      (1...3).map { ("a\($0)", Self.evidence(Self.usual)) }
      + [("late", Self.evidence(tip: 125, [(1, 100), (2, 110)]))]
    #expect(Self.corroboration(young).questions(at: ["late"]) == [:])
    let half =
      [1, 2].map { ("a\($0)", Self.evidence(Self.usual)) }
      + [3, 4].map { ("a\($0)", Self.evidence([(1, 100), (2, 110)])) }
    #expect(Self.corroboration(half).questions(at: Set(half.map(\.0))) == [:])
  }

  @Test func `an unconfirmed transaction that one server lists is followed to its parents`() {
    let all =
      (1...3).map { ("a\($0)", Self.evidence(Self.usual)) }
      + [("alone", Self.evidence(Self.usual + [(9, 0)]))]
    let questions = Self.corroboration(all).questions(at: Set(all.map(\.0)))
    #expect(
      questions["alone"]?.probes
        == ["second.unconfirmed.1", "second.parent.1.1", "second.parent.1.2"])
    #expect(questions.count == 1)
  }

  @Test func `only a server on another chain is asked for the headers that name it`() {
    func on(_ chain: String) -> VisitEvidence {
      // Of a proof to height 194 the first seven subtrees are whole.
      Self.evidence(
        Self.usual, branch: (0..<8).map { Self.txid($0) + ($0 == 6 ? chain : "same") })
    }
    let all = [("a1", on("x")), ("a2", on("x")), ("a3", on("x")), ("other", on("y"))]
    let questions = Self.corroboration(all).questions(at: Set(all.map(\.0)))
    #expect(questions.keys.sorted() == ["other"])
    #expect(questions["other"]?.probes == ["second.fork.109"])
    // The last element of a proof depends on where the proof ends.
    func ending(_ last: String) -> VisitEvidence {
      Self.evidence(Self.usual, branch: (0..<8).map { Self.txid($0) + ($0 == 7 ? last : "") })
    }
    let same = [("a1", ending("x")), ("a2", ending("x")), ("a3", ending("x")), ("b", ending("y"))]
    #expect(Self.corroboration(same).questions(at: Set(same.map(\.0))) == [:])
  }

  @Test func `answers under two names differ by texts, lists, and figures of half as much again`() {
    func differs(_ ours: [(String, String)], _ wallets: [(String, String)]) -> Bool {
      var evidence = VisitEvidence()
      evidence.take(Self.connection(ours.map { (probe: $0.0, result: $0.1) }))
      evidence.take(
        Self.connection(wallets.map { (probe: "client.wallet.\($0.0)", result: $0.1) }))
      return evidence.differsByName
    }
    let banner = [("server.banner", "\"up 12 days\"")]
    #expect(!differs(banner, [("server.banner", "\"up 13 days\"")]))
    #expect(differs(banner, [("server.banner", "\"update your wallet\"")]))
    #expect(!differs([("estimatefee.2", "0.0002")], [("estimatefee.2", "0.0003")]))
    #expect(differs([("estimatefee.2", "0.0002")], [("estimatefee.2", "0.00031")]))
    #expect(differs([("estimatefee.2", "-1")], [("estimatefee.2", "0.0003")]))
    let list = [("history.p2wpkh", Self.history([(1, 100)]))]
    #expect(!differs(list, [("history.p2wpkh", Self.history([(1, 100), (2, 0)]))]))
    #expect(differs(list, [("history.p2wpkh", "[]")]))
    #expect(!differs(list, []))
  }

  @Test func `a flood of invented transactions is bounded`() {
    var corroboration = Self.corroboration(
      (1...3).map { ("a\($0)", Self.evidence(Self.usual)) })
    for server in 0..<40 {
      corroboration.take(
        Self.evidence((0..<2_000).map { (server * 2_000 + $0, 50) }), of: "flood\(server)")
    }
    #expect(corroboration.questions(at: ["a1", "a2", "a3"]).count <= 3)
  }
}
