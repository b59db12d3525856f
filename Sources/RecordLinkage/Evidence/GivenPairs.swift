import Ordering

/// Agreement that is told pair by pair, as a mutual declaration or a shared secret that was seen in
/// use. It earns the cap of its level.
public struct GivenPairs: Sendable {
  public let name: String
  public let group: Int
  public let level: Int
  public let isRobust: Bool
  /// Per record: its partners, ascending.
  let partners: [[Int32]]

  /// - Parameter pairs: of record indices, in any order and direction.
  public init(
    _ name: String, group: Int, level: Int = 1, isRobust: Bool = false, count: Int,
    pairs: some Sequence<(Int, Int)>
  ) {
    self.name = name
    self.group = group
    self.level = level
    self.isRobust = isRobust
    var sets = [Set<Int32>](repeating: [], count: count)
    for (a, b) in pairs where a != b {
      sets[a].insert(Int32(b))
      sets[b].insert(Int32(a))
    }
    partners = sets.map { $0.sorted() }
  }

  /// Each pair once, a < b, ascending.
  public var pairs: [(Int, Int)] {
    partners.enumerated().flatMap { a, others in
      others.filter { $0 > a }.map { (a, Int($0)) }
    }
  }

  func contains(_ a: Int, _ b: Int) -> Bool { partners[a].contains(Int32(b)) }

  func permuted(by permutation: [Int]) -> GivenPairs {
    var place = [Int](repeating: 0, count: permutation.count)
    for (record, origin) in permutation.enumerated() { place[origin] = record }
    let pairs = partners.enumerated().flatMap { a, others in
      others.map { (place[a], place[Int($0)]) }
    }
    return GivenPairs(
      name, group: group, level: level, isRobust: isRobust, count: partners.count, pairs: pairs)
  }
}
