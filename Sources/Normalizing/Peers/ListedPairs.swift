/// Ports of one address that peer tuples name together, and who named them so.
struct ListedPairs: Equatable {
  /// Two endpoint ids, the smaller first.
  struct Pair: Hashable, Comparable {
    let first: String
    let second: String

    init(_ one: String, _ other: String) {
      first = min(one, other)
      second = max(one, other)
    }

    static func < (left: Pair, right: Pair) -> Bool {
      (left.first, left.second) < (right.first, right.second)
    }
  }

  /// Who named a pair, strangers aside.
  struct Witnesses: OptionSet {
    let rawValue: Int

    /// The list that a scan began with, or the record of a foreign scan.
    static let list = Witnesses(rawValue: 1)
    /// The first of the pair, of itself.
    static let first = Witnesses(rawValue: 2)
    /// The second of the pair, of itself.
    static let second = Witnesses(rawValue: 4)
    static let both: Witnesses = [.first, .second]
  }

  private(set) var witnesses: [Pair: Witnesses] = [:]

  /// Adds a pair that somebody names.
  mutating func add(_ one: String, _ other: String) {
    guard one != other else { return }
    witnesses[Pair(one, other), default: []].formUnion([])
  }

  /// - Parameter source: name of a list, or id of the endpoint that gave the tuple.
  mutating func add(_ one: String, _ other: String, source: String, isList: Bool) {
    guard one != other else { return }
    let pair = Pair(one, other)
    var witness: Witnesses = isList ? .list : []
    if source == pair.first { witness.insert(.first) }
    if source == pair.second { witness.insert(.second) }
    witnesses[pair, default: []].formUnion(witness)
  }
}
