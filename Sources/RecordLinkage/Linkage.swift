import Dispatch
internal import RealModule
internal import Statistics

/// Two records and what they have in common, in bits.
public struct WeightedPair: Sendable, Equatable {
  public let a: Int32
  public let b: Int32
  /// W: log2 of the odds that one owner has both.
  public let bits: Double

  public init(a: Int32, b: Int32, bits: Double) {
    self.a = a
    self.b = b
    self.bits = bits
  }
}

/// What one pair shows, group by group; valid while it is being visited.
public struct PairEvidence {
  public let a: Int
  public let b: Int
  /// W: prior and all bits.
  public let total: Double
  private let groups: UnsafeBufferPointer<Double>
  private let reached: UnsafeBufferPointer<UInt8>

  init(
    _ a: Int, _ b: Int, total: Double, _ bits: UnsafeBufferPointer<Double>,
    _ levels: UnsafeBufferPointer<UInt8>
  ) {
    (self.a, self.b, self.total) = (a, b, total)
    groups = bits
    reached = levels
  }

  public func bits(_ group: Int) -> Double { groups[group] }

  /// 0 where nothing agrees.
  public func level(_ group: Int) -> Int { Int(reached[group]) }
}

/// Records linked by what they have in common: every pair's bits, and clusters of likely one owner.
public struct Linkage: Sendable {
  /// Memory that the pairs may take, in bytes.
  public static let defaultMemory = 4 << 30

  public let evidence: LinkageEvidence
  public let model: LinkageModel
  let index: PairIndex
  /// Pairs that say more than nothing, by (a, b); all others say the prior and never decide.
  public let pairs: [WeightedPair]
  /// Per record the smallest record of its cluster by average linkage.
  public let clusters: [Int]
  let threads: Int

  /// log2 of the odds that two records about which nothing is known have one owner.
  public var prior: Double { index.prior }
  /// Per record the smallest record of its unit.
  public var units: [Int] { index.units }

  /// - Parameters:
  ///   - threads: that look at pairs; the result is the same with any number.
  ///   - memory: that pairs may take, in bytes.
  public init(
    _ evidence: LinkageEvidence, model: LinkageModel, threads: Int = 1,
    memory: Int = Self.defaultMemory
  ) throws(LinkageError) {
    self.evidence = evidence
    self.model = model
    self.threads = threads
    let index = PairIndex(evidence, model)
    self.index = index
    let allowed = memory / (AverageLinkage.bytes(pairs: 1) + MemoryLayout<WeightedPair>.size * 2)
    let found = Self.blocks(index, threads: threads) { scanner, records in
      var pairs: [WeightedPair] = []
      var count = 0
      for record in records {
        scanner.scan(record) { other, bits, _ in
          let total = index.total(bits)
          guard total > model.nothing else { return }
          count += 1
          if count <= allowed {
            pairs.append(WeightedPair(a: Int32(record), b: Int32(other), bits: total))
          }
        }
      }
      return (pairs, count)
    }
    let count = found.reduce(0) { $0 + $1.1 }
    guard count <= allowed else {
      throw .memory(needed: count * (memory / max(1, allowed)), allowed: memory, pairs: count)
    }
    pairs = found.flatMap(\.0)
    clusters = AverageLinkage.partition(
      count: evidence.count, nothing: model.nothing, greatest: model.greatest,
      weights: pairs)
  }

  /// Visits every pair that shows anything, by (a, b), where `isWanted` says so of both records.
  public func forEachPair(
    from isWanted: (Int) -> Bool = { _ in true }, _ body: (PairEvidence) -> Void
  ) {
    let scanner = PairScanner(index)
    for record in 0..<evidence.count where isWanted(record) {
      scanner.scan(record) { other, bits, levels in
        body(PairEvidence(record, other, total: index.total(bits), bits, levels))
      }
    }
  }

  /// Probability that one owner has both, by the weight.
  public static func posterior(_ bits: Double) -> Double { 1 / (1 + .exp2(-bits)) }

  /// Works on blocks of records, in parallel; results in order of records.
  private static func blocks<Result: Sendable>(
    _ index: PairIndex, threads: Int,
    _ body: @escaping @Sendable (PairScanner, Range<Int>) -> Result
  ) -> [Result] {
    let count = index.evidence.count
    let size = max(64, (count + threads * 16 - 1) / max(1, threads * 16))
    let blocks = stride(from: 0, to: count, by: size).map { $0..<min(count, $0 + size) }
    var results = [Result?](repeating: nil, count: blocks.count)
    results.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let places = buffer
      @Sendable func work(_ worker: Int) {
        let scanner = PairScanner(index)
        for block in stride(from: worker, to: blocks.count, by: max(1, threads)) {
          places[block] = body(scanner, blocks[block])
        }
      }
      if threads > 1 {
        DispatchQueue.concurrentPerform(iterations: threads, execute: work)
      } else {
        work(0)
      }
    }
    return results.compactMap { $0 }
  }
}
