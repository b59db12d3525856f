internal import Statistics

/// Sets of records that something joins; each is called by its smallest member.
public struct Components: Sendable {
  private var sets: UnionFind

  public init(count: Int) {
    sets = UnionFind(count: count)
  }

  /// A partition, to be joined further.
  public init(_ partition: [Int]) {
    sets = UnionFind(count: partition.count)
    for (record, representative) in partition.enumerated() { sets.union(record, representative) }
  }

  /// Makes these one.
  public mutating func join(_ records: [Int32]) {
    guard let first = records.first else { return }
    for record in records.dropFirst() { sets.union(Int(first), Int(record)) }
  }

  public mutating func join(_ a: Int, _ b: Int) { sets.union(a, b) }

  public mutating func areJoined(_ a: Int, _ b: Int) -> Bool { sets.areJoined(a, b) }

  /// Per record the smallest record of its set.
  public var representatives: [Int] {
    var sets = sets
    return (0..<sets.count).map { sets.representative(of: $0) }
  }
}
