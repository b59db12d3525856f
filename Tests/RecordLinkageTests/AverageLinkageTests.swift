import RecordLinkage
import Statistics
import Testing

/// Average linkage of sparse weights.
struct AverageLinkageTests {
  /// The greedy definition, step by step.
  private func greedy(_ count: Int, nothing: Double, _ weights: [WeightedPair]) -> [Int] {
    var bits: [[Int]: Double] = [:]
    for weight in weights { bits[[Int(weight.a), Int(weight.b)]] = weight.bits }
    func mean(_ one: [Int], _ other: [Int]) -> Double {
      var sum = 0.0
      for a in one {
        for b in other { sum += min(12, max(nothing, bits[[min(a, b), max(a, b)]] ?? nothing)) }
      }
      return sum / Double(one.count * other.count)
    }
    var clusters = (0..<count).map { [$0] }
    while true {
      var best: (Double, Int, Int)?
      for i in clusters.indices {
        for j in clusters.indices where j > i {
          let value = mean(clusters[i], clusters[j])
          if value > 1e-9, value > (best?.0 ?? 0) + 1e-12 { best = (value, i, j) }
        }
      }
      guard let (_, i, j) = best else { break }
      clusters[i] = (clusters[i] + clusters[j]).sorted()
      clusters.remove(at: j)
      clusters.sort { $0[0] < $1[0] }
    }
    var found = [Int](repeating: 0, count: count)
    for cluster in clusters { for record in cluster { found[record] = cluster[0] } }
    return found
  }

  @Test(arguments: 1...60) func `it finds what the greedy definition finds, ties included`(
    seed: UInt64
  ) {
    var chance = Xoshiro256StarStar(seed: seed)
    let count = 4 + chance.nextIndex(below: 14)
    var weights: [WeightedPair] = []
    for a in 0..<count {
      for b in (a + 1)..<count where chance.nextUnit() < 0.4 {
        // Whole weights tie often; the others never.
        let bits = chance.nextUnit() * 9 - 2
        weights.append(
          WeightedPair(
            a: Int32(a), b: Int32(b), bits: seed.isMultiple(of: 2) ? bits.rounded() : bits))
      }
    }
    let found = AverageLinkage.partition(
      count: count, nothing: -0.5, greatest: 12, weights: weights)
    #expect(found == greedy(count, nothing: -0.5, weights))
    let reversed = AverageLinkage.partition(
      count: count, nothing: -0.5, greatest: 12, weights: weights.reversed())
    #expect(found == reversed)
  }

  @Test(arguments: 1...40) func `rows and a table give the same clusters`(seed: UInt64) {
    var chance = Xoshiro256StarStar(seed: seed)
    // A large table is made smaller when many clusters are gone.
    let count = 2 + chance.nextIndex(below: seed.isMultiple(of: 4) ? 240 : 60)
    var excess: [(a: Int32, b: Int32, excess: Int64)] = []
    for a in 0..<count {
      for b in (a + 1)..<count where chance.nextUnit() < 0.6 {
        excess.append((Int32(a), Int32(b), Int64(1 + chance.nextIndex(below: 9)) << 28))
      }
    }
    let deficit = Int64(1) << 29
    #expect(
      AverageLinkage.fromRows(count: count, deficit: deficit, excess: excess)
        == DenseAverageLinkage.partition(count: count, deficit: deficit, excess: excess))
  }

  @Test func `it finds scipy's clusters`() throws {
    guard let fixture = LinkageFixture.load else { return }
    var weights: [WeightedPair] = []
    var place = 0
    for a in 0..<fixture.n {
      for b in (a + 1)..<fixture.n {
        weights.append(WeightedPair(a: Int32(a), b: Int32(b), bits: fixture.condensedBits[place]))
        place += 1
      }
    }
    let found = AverageLinkage.partition(
      count: fixture.n, nothing: fixture.lo, greatest: fixture.hi, weights: weights)
    #expect(found == ReferenceNetwork.canonical(fixture.labels))
  }

  @Test func `no record, one, and strangers`() {
    #expect(AverageLinkage.partition(count: 0, nothing: -1, greatest: 12, weights: []).isEmpty)
    #expect(
      AverageLinkage.partition(count: 3, nothing: -1, greatest: 12, weights: []) == [0, 1, 2])
  }

  @Test func `a minimum cut is the least bits that part a cluster`() throws {
    var evidence = LinkageEvidence(count: 6)
    evidence.fields = [
      ValueField("left", group: 6, values: [["l"], ["l"], ["l"], [], [], []]),
      ValueField("right", group: 6, values: [[], [], [], ["r"], ["r"], ["r"]]),
      ValueField("bridge", group: 6, values: [[], [], ["b"], ["b"], [], []]),
    ]
    let linkage = try Linkage(evidence, model: ReferenceNetwork.model)
    let whole = try #require(MinimumCut.bits(members: Array(0..<6), links: linkage.pairs))
    #expect(abs(whole - 3) < 1e-9)
    let pair = try #require(MinimumCut.bits(members: [0, 1], links: linkage.pairs))
    #expect(abs(pair - 3) < 1e-9)
    #expect(MinimumCut.bits(members: [0, 5], links: linkage.pairs) == 0)
    #expect(MinimumCut.bits(members: [0], links: linkage.pairs) == nil)
  }
}
