/// Disjoint sets over 0..<count; a set's representative is its smallest index, whatever the order
/// of unions.
public struct UnionFind: Sendable {
  private var parent: [Int]

  public init(count: Int) {
    parent = Array(0..<max(count, 0))
  }

  public var count: Int { parent.count }

  /// Smallest index of the set that holds `index`.
  public mutating func representative(of index: Int) -> Int {
    var root = index
    while parent[root] != root { root = parent[root] }
    var walker = index
    while parent[walker] != root { (parent[walker], walker) = (root, parent[walker]) }
    return root
  }

  /// Joins two sets; true if they were apart.
  @discardableResult
  public mutating func union(_ first: Int, _ second: Int) -> Bool {
    let left = representative(of: first)
    let right = representative(of: second)
    guard left != right else { return false }
    parent[max(left, right)] = min(left, right)
    return true
  }

  public mutating func areJoined(_ first: Int, _ second: Int) -> Bool {
    representative(of: first) == representative(of: second)
  }

  /// All sets, members ascending, ordered by representative.
  public func components() -> [[Int]] {
    var sets = self
    var members: [[Int]] = Array(repeating: [], count: count)
    for index in parent.indices { members[sets.representative(of: index)].append(index) }
    return members.filter { !$0.isEmpty }
  }
}
