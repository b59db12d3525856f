import Foundation
import RecordLinkage
import Statistics
import Testing

/// Linkage of records against an independent implementation.
struct LinkageTests {
  @Test func `the reference networks are there`() { #expect(ReferenceNetwork.all.count == 2) }

  @Test(arguments: ReferenceNetwork.all.indices)
  func `units, bits of every pair and clusters are the reference's`(index: Int) throws {
    let network = ReferenceNetwork.all[index]
    let linkage = try Linkage(network.evidence(), model: ReferenceNetwork.model)
    #expect(abs(linkage.prior - network.prior) < 1e-12)
    #expect(linkage.units == network.units)
    var expected: [[Int]: [Double]] = [:]
    for pair in network.pairs { expected[[Int(pair[0]), Int(pair[1])]] = Array(pair.dropFirst(2)) }
    var worst = 0.0
    linkage.forEachPair { pair in
      let bits = expected.removeValue(forKey: [pair.a, pair.b]) ?? [Double](repeating: 0, count: 9)
      for group in bits.indices { worst = max(worst, abs(pair.bits(group) - bits[group])) }
    }
    // The reference notes an agreement of no worth as 1e-9 bits.
    #expect(worst < 2e-9)
    #expect(expected.values.allSatisfy { $0.allSatisfy { $0 < 2e-9 } })
    #expect(linkage.clusters == network.operator)
    #expect(linkage.pairs.count { $0.bits > 2e-9 } == network.positive)
  }

  @Test(arguments: ReferenceNetwork.all.indices) func `a pair's explanation adds up to its bits`(
    index: Int
  ) throws {
    let linkage = try Linkage(ReferenceNetwork.all[index].evidence(), model: ReferenceNetwork.model)
    var visited = 0
    linkage.forEachPair { pair in
      visited += 1
      let comparison = linkage.comparison(pair.b, pair.a)
      #expect(comparison.total == pair.total)
      for group in ReferenceNetwork.model.groups.indices {
        let agreement = comparison.agreements.first { $0.group == group }
        #expect((agreement?.level ?? 0) == pair.level(group))
        #expect((agreement?.bits ?? 0) == pair.bits(group))
      }
    }
    #expect(visited > 100)
    let silent = linkage.comparison(0, 0)
    #expect(silent.a == 0)
  }

  @Test(arguments: [1, 2, 3]) func `the order of records and the number of threads change nothing`(
    seed: UInt64
  ) throws {
    let network = ReferenceNetwork.all[1]
    let straight = try Linkage(network.evidence(), model: ReferenceNetwork.model)
    var order = Array(0..<network.n)
    var chance = Xoshiro256StarStar(seed: seed)
    chance.shuffle(&order)
    let shuffled = try Linkage(
      network.evidence(order: order), model: ReferenceNetwork.model, threads: 3)
    for record in order.indices {
      for other in order.indices {
        let together = shuffled.clusters[record] == shuffled.clusters[other]
        #expect(
          together == (straight.clusters[order[record]] == straight.clusters[order[other]]))
      }
    }
    let again = try Linkage(network.evidence(), model: ReferenceNetwork.model, threads: 4)
    #expect(again.pairs == straight.pairs)
  }

  @Test func `a record of which nothing is known changes only the prior`() throws {
    let network = ReferenceNetwork.all[0]
    let field = network.fields[4]
    func linked(_ values: [Set<String>?]) throws -> Linkage {
      var evidence = LinkageEvidence(count: values.count)
      evidence.fields = [ValueField("v", group: 4, values: values)]
      var model = ReferenceNetwork.model
      // The same prior for both sizes.
      model.priorShift =
        -LinkageModel(groups: []).prior(records: values.count)
        + LinkageModel(groups: []).prior(records: network.n)
      return try Linkage(evidence, model: model)
    }
    let values = field.values.map { $0.map { Set($0) } }
    let (before, after) = (try linked(values), try linked(values + [nil, nil]))
    #expect(before.pairs == after.pairs)
  }

  @Test func `a further holder of a value never makes it weigh more`() throws {
    for holders in 2..<12 {
      func bits(_ holders: Int) throws -> Double {
        var evidence = LinkageEvidence(count: 40)
        evidence.fields = [
          ValueField("v", group: 4, values: (0..<40).map { $0 < holders ? ["x"] : [] })
        ]
        return try Linkage(evidence, model: ReferenceNetwork.model).comparison(0, 1).total
      }
      #expect(try bits(holders + 1) <= bits(holders))
    }
  }

  @Test func `the weights of the design's tests by hand`() throws {
    var evidence = LinkageEvidence(count: 111)
    // 34 records of unknown names and texts leave 75 other units of each.
    func values(_ holders: Int) -> [Set<String>?] {
      (0..<111).map { $0 < holders ? ["x"] : $0 < 77 ? [] : nil }
    }
    evidence.fields = [
      ValueField("zone", group: 3, level: 2, values: values(2)) { _ in true },
      ValueField("donation", group: 4, values: values(3)),
    ]
    let linkage = try Linkage(evidence, model: ReferenceNetwork.model)
    #expect(abs(linkage.prior - -8.0980) < 1e-4)
    let pair = linkage.comparison(0, 1)
    #expect(pair.agreements.map(\.group) == [3, 4])
    #expect(abs(pair.agreements[0].bits - 11.0980) < 1e-4)
    #expect(abs(pair.agreements[1].bits - 4.4966) < 1e-4)
    let copy = linkage.comparison(0, 2)
    #expect(abs(copy.total - -3.6014) < 1e-4)
    let lonely = try Linkage(
      {
        var evidence = LinkageEvidence(count: 111)
        evidence.fields = [ValueField("donation", group: 4, values: values(2))]
        return evidence
      }(), model: ReferenceNetwork.model
    ).comparison(0, 1)
    #expect(abs(lonely.total - -1) < 1e-12)
    #expect(abs((lonely.agreements[0].withAnotherHolder ?? 0) - -2.6014) < 1e-4)
  }

  @Test func `an impossible number of pairs is refused with the memory that it would need`() throws
  {
    var evidence = LinkageEvidence(count: 300)
    evidence.fields = [
      ValueField("tenant", group: 6, values: [Set<String>](repeating: ["one"], count: 300))
    ]
    #expect(throws: LinkageError.self) {
      try Linkage(evidence, model: ReferenceNetwork.model, memory: 1 << 20)
    }
  }

  @Test(arguments: [0, 1, 2]) func `few records are handled`(count: Int) throws {
    var evidence = LinkageEvidence(count: count)
    evidence.fields = [
      ValueField("v", group: 6, values: [Set<String>](repeating: ["x"], count: count))
    ]
    let linkage = try Linkage(evidence, model: ReferenceNetwork.model)
    #expect(linkage.clusters == [Int](repeating: 0, count: count))
    #expect(linkage.clusterEvidence().count == (count > 1 ? 1 : 0))
  }

  @Test func `leaving a group out leaves nothing of it`() throws {
    var model = ReferenceNetwork.model
    model.leftOut = [0, 3]
    let linkage = try Linkage(ReferenceNetwork.all[1].evidence(), model: model)
    linkage.forEachPair { pair in
      #expect(pair.level(0) == 0 && pair.level(3) == 0)
    }
    #expect(linkage.units != ReferenceNetwork.all[1].units)
  }

  @Test func `edges that need two groups together do not survive a shuffle of each`() throws {
    var evidence = LinkageEvidence(count: 90)
    let owned: [Set<String>?] = (0..<90).map { ["\($0 / 3)"] }
    evidence.fields = [
      ValueField("name", group: 3, values: owned), ValueField("text", group: 4, values: owned),
    ]
    let linkage = try Linkage(evidence, model: ReferenceNetwork.model)
    let strata = [String](repeating: "all", count: 90)
    let check = try PermutationCheck(linkage, strata: strata, repeats: 5, seed: 7)
    #expect(check.observed == 90)
    #expect(try #require(check.ratio) < 0.1)
    #expect(try check == PermutationCheck(linkage, strata: strata, repeats: 5, seed: 7))
    let apart = try PermutationCheck(
      linkage, strata: (0..<90).map { "\($0 / 3)" }, repeats: 2, seed: 7)
    #expect(apart.ratio == 1)
  }

  @Test func `a cluster's spanning links hold it together and its figures are means over pairs`()
    throws
  {
    let linkage = try Linkage(ReferenceNetwork.all[1].evidence(), model: ReferenceNetwork.model)
    let clusters = linkage.clusterEvidence()
    #expect(clusters.count > 5)
    for cluster in clusters {
      #expect(cluster.spanning.count == cluster.members.count - 1)
      #expect(cluster.weakestBridge?.bits == cluster.spanning.map(\.bits).min())
      var sum = 0.0
      for (place, a) in cluster.members.enumerated() {
        for b in cluster.members[(place + 1)...] { sum += linkage.comparison(a, b).posterior }
      }
      let pairs = Double(cluster.members.count * (cluster.members.count - 1) / 2)
      #expect(abs(cluster.meanPosterior - sum / pairs) < 1e-12)
    }
  }

  @Test func `makings of one shape within minutes weigh what their month and day leave to chance`()
    throws
  {
    func bits(others: [Double], shapes: [String]) throws -> Double {
      let start = 1_700_000_000.0
      let times = [start, start + 60] + others.map { start + $0 * 3600 }
      var evidence = LinkageEvidence(count: 111)
      evidence.madeTogether = MadeTogether(
        "batch", group: 2,
        makings: (0..<111).map { record in
          guard record < times.count else { return [] }
          return [.init(time: times[record], kind: shapes[record], thing: "key \(record)")]
        }, sets: (0..<111).map { ["key \($0)"] })
      let model = ReferenceNetwork.model
      return try Linkage(evidence, model: model).comparison(0, 1).agreements.first?.bits ?? 0
    }
    // A hundred certificates, three of them in the month around, none on the day.
    let rare = [100.0, 200, -300] + (0..<95).map { 2000 + Double($0) * 100 }
    let cap = 3 + 8.0980
    #expect(abs(try bits(others: rare, shapes: [String](repeating: "s", count: 100)) - cap) < 1e-4)
    // Of six others of the shape five within twelve hours, as on the day of a release.
    let release = [1.0, -2, 5, 7, -11, 900]
    let shapes = [String](repeating: "s", count: 8)
    #expect(abs(try bits(others: release, shapes: shapes) - 4.6960) < 1e-3)
  }

  @Test func `one state weighs what the number of its tellers leaves to chance`() throws {
    for (count, expected) in [(2, 3.6), (3, 7.0), (4, 7.1)] {
      let chance = UpperTail.logPoisson(atLeast: count - 1, mean: 0.2) / 0.6931471805599453
      let model = ReferenceNetwork.model
      let bits = model.bits(
        agreement: 0.02 * 111, chance: exp2(chance),
        cap: model.cap(.support, prior: model.prior(records: 111)))
      #expect(abs(bits - expected) < 0.05)
    }
  }
}
