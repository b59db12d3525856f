import ChainTruth
import ElectrumProtocol
import Testing

/// Transactions exist by proof or by majority.
struct HistoryTests {
  private static let entries = (1...12).map { ListedTransaction("t\($0)", height: 10 * $0) }

  private func told(
    _ server: String, _ entries: [ListedTransaction], voter: String? = nil, height: Int? = 1000
  ) -> ToldHistory {
    ToldHistory(
      server: server, voter: voter ?? server, script: "s", entries: entries, provenHeight: height)
  }

  private func honest(_ count: Int) -> [ToldHistory] {
    (0..<count).map { told("h\($0)", Self.entries) }
  }

  @Test func `what more than half of five operators list exists, and who leaves it out omits it`() {
    let liar = told("liar", Array(Self.entries.dropFirst(2)))
    let union = HistoryUnion(honest(4) + [liar], proved: [:], voters: 0)
    #expect(union.omissions(in: liar).map(\.entry) == Array(Self.entries.prefix(2)))
    #expect(union.omissions(in: liar).allSatisfy { $0.ground == .majority })
    for answer in honest(4) { #expect(union.omissions(in: answer).isEmpty) }
  }

  @Test func `four operators are too few to say what exists`() {
    let union = HistoryUnion(honest(3) + [told("liar", [])], proved: [:], voters: 0)
    #expect(union.existing["s"]?.isEmpty != false)
    // An empty list does not count as a vote.
    let empty = HistoryUnion(honest(4) + [told("e", [])], proved: [:], voters: 0)
    #expect(empty.existing["s"]?.isEmpty != false)
  }

  @Test func `two servers that invent ten buried transactions accuse nobody`() {
    let invented = Self.entries + (0..<10).map { ListedTransaction("x\($0)", height: 5) }
    let answers = honest(4) + [told("x", invented), told("y", invented)]
    let union = HistoryUnion(answers, proved: [:], voters: 0)
    for answer in answers { #expect(union.omissions(in: answer).isEmpty) }
  }

  @Test func `a fleet that agrees on a lie has one vote`() {
    let fleet = (0..<40).map { told("f\($0)", [ListedTransaction("x", height: 5)], voter: "fleet") }
    let union = HistoryUnion(honest(5) + fleet, proved: [:], voters: 0)
    for answer in honest(5) { #expect(union.omissions(in: answer).isEmpty) }
    #expect(!union.omissions(in: fleet[0]).isEmpty)
    // Half of the votes are not more than half.
    let half = (0..<5).map { told("x\($0)", Self.entries + [ListedTransaction("x", height: 5)]) }
    let tie = HistoryUnion(honest(5) + half, proved: [:], voters: 0)
    #expect(tie.existing["s"]?.count == Self.entries.count)
  }

  @Test func `what one operator lists and none of more than half of all is its own alone`() {
    let invented = ListedTransaction("x", height: 5)
    let liar = told("liar", Self.entries + [invented])
    func unshared(_ others: [ToldHistory], voters: Int = 0) -> [ListedTransaction] {
      HistoryUnion(others + [liar], proved: [:], voters: voters).unshared(in: liar)
    }
    #expect(unshared(honest(5)) == [invented])
    #expect(unshared(honest(4)).isEmpty, "four say nothing of a fifth")
    #expect(unshared(honest(5), voters: 10).isEmpty, "five of ten are not more than half")
    #expect(unshared(honest(5) + [told("y", [invented])]).isEmpty, "two may both be right")
    let behind = (0..<5).map { told("b\($0)", [Self.entries[0]], height: 10) }
    #expect(unshared(behind).isEmpty, "who cannot know the block need not list it")
    let fleet = (0..<9).map { told("f\($0)", Self.entries, voter: "liar") }
    #expect(unshared(fleet).isEmpty, "an operator's own servers are no others")
    let near = told("n", Self.entries + [ListedTransaction("z", height: 995)])
    let union = HistoryUnion(honest(6) + [near], proved: [:], voters: 0)
    #expect(union.unshared(in: near).isEmpty, "it is not six blocks deep")
    let proved = HistoryUnion(honest(6) + [liar], proved: ["s": [invented]], voters: 0)
    #expect(proved.unshared(in: liar).isEmpty)
    let coinbase = told("c", [ListedTransaction(KnownChain.genesisCoinbase, height: 1)])
    let odd = HistoryUnion(honest(6) + [coinbase], proved: [:], voters: 0)
    #expect(odd.unshared(in: coinbase).isEmpty)
  }

  @Test func `a proved transaction exists whoever else lists it`() {
    let entry = ListedTransaction("p", height: 7)
    let union = HistoryUnion(honest(1), proved: ["s": [entry]], voters: 0)
    #expect(union.omissions(in: honest(1)[0]).map(\.entry) == [entry])
    #expect(union.omissions(in: honest(1)[0]).map(\.ground) == [.proof])
  }

  @Test func `who may not know a block yet, or shows no height, omits nothing`() {
    let behind = told("b", Array(Self.entries.dropLast()), height: 125)
    let union = HistoryUnion(honest(5) + [behind], proved: [:], voters: 0)
    #expect(union.omissions(in: behind).isEmpty, "the transaction at 120 is not six blocks deep")
    #expect(union.omissions(in: told("c", [], height: 126)).map(\.entry) == Self.entries)
    #expect(union.omissions(in: told("d", [], height: nil)).isEmpty)
    #expect(!union.judges(told("d", [], height: nil)))
    #expect(!union.judges(told("d", [], height: 12)))
  }

  @Test func `an empty list for a long history is a limit of the program`() {
    let long = (1...100).map { ListedTransaction("l\($0)", height: $0) }
    let answers = (0..<5).map { told("h\($0)", long) }
    let union = HistoryUnion(answers, proved: [:], voters: 0)
    let empty = told("fulcrum", [])
    #expect(union.omissions(in: empty).isEmpty && !union.judges(empty))
    #expect(union.omissions(in: told("liar", [long[0]])).count == 99)
  }

  @Test func `coinbases that programs index differently need not be listed`() {
    let odd = KnownChain.genesisCoinbase
    let answers = (0..<5).map { told("h\($0)", [ListedTransaction(odd, height: 1)]) }
    let union = HistoryUnion(answers, proved: ["s": [ListedTransaction("u", height: 0)]], voters: 0)
    #expect(union.existing["s"]?.isEmpty == true, "nor is an unconfirmed one ever missing")
  }
}

/// Proofs are judged by headers, else by votes.
struct ProofTests {
  private let leaf = KnownChain.hash(KnownChain.transactions[0])
  private let root = ChainHash(KnownChain.block100000.merkleRoot)

  private func proof(
    _ server: String, voter: String? = nil, _ siblings: [String]? = nil, height: Int = 100_000
  ) throws -> ToldProof {
    let branch = siblings ?? [KnownChain.transactions[1], KnownChain.nodes[1]]
    return ToldProof(
      server: server, voter: voter ?? server, transaction: leaf, height: height, position: 0,
      branch: try MerkleBranch(printed: branch))
  }

  private let corrupt = [KnownChain.transactions[1], KnownChain.zero]

  @Test func `a branch that does not lead to the header's root is wrong`() throws {
    let judge = ProofJudge([], merkleRoots: [100_000: try #require(root)])
    #expect(judge.verdict(on: try proof("a")) == .right)
    #expect(judge.verdict(on: try proof("b", corrupt)) == .wrong)
    let outside = ToldProof(
      server: "c", voter: "c", transaction: leaf, height: 100_000, position: 4,
      branch: try MerkleBranch(printed: corrupt))
    #expect(judge.verdict(on: outside) == .wrong && outside.root == nil)
  }

  @Test func `without the header more than half of five operators decide`() throws {
    let liar = try proof("liar", corrupt)
    let right = try (0..<4).map { try proof("h\($0)") }
    let judge = ProofJudge(right + [liar], merkleRoots: [:])
    #expect(judge.verdict(on: liar) == .outvoted)
    #expect(judge.verdict(on: right[0]) == .unknown, "nothing proved it either")
    let few = ProofJudge(Array(right.dropLast()) + [liar], merkleRoots: [:])
    #expect(few.verdict(on: liar) == .unknown)
  }

  @Test func `a fleet that agrees on a wrong root has one vote`() throws {
    let fleet = try (0..<9).map { try proof("f\($0)", voter: "fleet", corrupt) }
    let right = try (0..<4).map { try proof("h\($0)") }
    let judge = ProofJudge(right + fleet, merkleRoots: [:])
    #expect(judge.verdict(on: right[0]) == .unknown)
    #expect(judge.verdict(on: fleet[0]) == .outvoted)
  }

  @Test func `a branch of no siblings shows nothing`() throws {
    let judge = ProofJudge([], merkleRoots: [100_000: try #require(root)])
    #expect(judge.verdict(on: try proof("a", [])) == .unknown)
  }
}
