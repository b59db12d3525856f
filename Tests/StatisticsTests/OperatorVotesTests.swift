import Statistics
import Testing

/// Operators decide, one vote each.
struct OperatorVotesTests {
  private func votes(_ answers: [(String, String, Int)]) -> OperatorVotes<Int> {
    var votes = OperatorVotes<Int>()
    for (voter, server, value) in answers { votes.cast(value, server: server, operator: voter) }
    return votes
  }

  @Test func `a fleet of any size is one vote`() {
    let fleet = (0..<40).map { ("fleet", "f\($0)", 7) }
    let found = votes(fleet + [("a", "a1", 3), ("b", "b1", 3)])
    #expect(found.total == 3)
    #expect(found.decision == 3)
  }

  @Test func `an operator's vote is divided by the share of its servers`() {
    let found = votes([("a", "a1", 1), ("a", "a2", 1), ("a", "a3", 2), ("b", "b1", 2)])
    let byValue = Dictionary(uniqueKeysWithValues: found.votes.map { ($0.value, $0.votes) })
    #expect(abs((byValue[1] ?? 0) - 2.0 / 3) < 1e-12)
    #expect(abs((byValue[2] ?? 0) - 4.0 / 3) < 1e-12)
    #expect(found.decision == 2)
  }

  @Test func `half of the votes decide nothing, however the half is put together`() {
    #expect(votes([("a", "a1", 1), ("b", "b1", 2)]).decision == nil)
    // Thirds that do not add up to a whole in binary.
    let thirds = [
      ("a", "a1", 1), ("a", "a2", 1), ("a", "a3", 2), ("b", "b1", 1), ("b", "b2", 2),
      ("b", "b3", 2),
    ]
    #expect(votes(thirds).decision == nil)
    let tenths = (0..<10).flatMap { voter in
      (0..<10).map { ("o\(voter)", "o\(voter)s\($0)", $0 < 5 ? 1 : 2) }
    }
    #expect(votes(tenths).decision == nil)
  }

  @Test func `of two middle values the median is the lower one`() {
    #expect(votes([("a", "a1", 100), ("b", "b1", 50)]).median == 50)
    #expect(votes([("a", "a1", 9), ("b", "b1", 5), ("c", "c1", 7)]).median == 7)
    #expect(votes([]).median == nil)
  }

  /// Seeded answers of up to eight operators with up to six servers each, of three values.
  private func random(seed: UInt64) -> [(String, String, Int)] {
    var generator = SplitMix64(seed: seed)
    return (0..<Int.random(in: 1...8, using: &generator)).flatMap { voter in
      (0..<Int.random(in: 1...6, using: &generator)).map { server in
        ("o\(voter)", "o\(voter)s\(server)", Int.random(in: 1...3, using: &generator))
      }
    }
  }

  @Test(arguments: 0..<200)
  func `votes add up, decide only with more than half, and do not depend on the order`(
    seed: Int
  ) {
    let answers = random(seed: UInt64(seed))
    let found = votes(answers)
    let sum = found.votes.reduce(0) { $0 + $1.votes }
    #expect(abs(sum - Double(found.total)) < 1e-9)
    for (value, share) in found.votes {
      #expect((found.decision == value) == (share > Double(found.total) / 2 + 1e-9))
    }
    let turned = votes(answers.reversed())
    #expect(turned.decision == found.decision && turned.median == found.median)
    #expect(turned.votes.map(\.votes) == found.votes.map(\.votes))
  }

  @Test(arguments: 0..<100)
  func `an operator moves nothing by putting up more servers that say the same`(seed: Int) {
    let answers = random(seed: UInt64(seed)).filter { $0.0 != "o0" } + [("o0", "o0s0", 2)]
    let more = answers + (1..<30).map { ("o0", "o0s\($0)", 2) }
    #expect(votes(more).decision == votes(answers).decision)
    #expect(votes(more).median == votes(answers).median)
  }

  @Test(arguments: 0..<100)
  func `a value that one operator tells is no decision among two and more`(seed: Int) {
    let others = random(seed: UInt64(seed)).filter { $0.0 != "o0" }
    let alone = (0..<20).map { ("o0", "o0s\($0)", 99) }
    let found = votes(others + alone)
    #expect((found.decision == 99) == others.isEmpty)
  }
}
