import Artifact

/// The tuples of one source that come first by their key, out of any number of them.
struct FirstTuples {
  /// What the source says of a tuple.
  struct Mention {
    /// Of the tuple in the catalog.
    let number: Int
    /// How often.
    var count: Int
    /// When first; nil: not known.
    var heardAt: String?
  }

  private let maximum: Int
  /// By number. Up to twice as many as count, so that they are sorted seldom.
  private var known: [Int: Mention] = [:]
  /// As many as count are not behind it, so that no later one ever counts.
  private var bound: SortKey?
  private var mentions = 0

  init(maximum: Int) { self.maximum = maximum }

  /// Counts a tuple again.
  /// - Returns: false where it is not among those known.
  mutating func repeats(_ told: Mention) -> Bool {
    guard let index = known.index(forKey: told.number) else { return false }
    mentions += told.count
    known.values[index].count += told.count
    if let time = told.heardAt {
      known.values[index].heardAt = min(known.values[index].heardAt ?? time, time)
    }
    return true
  }

  /// Whether a tuple that is not known can count no more.
  func isBeyond(_ key: SortKey) -> Bool { bound.map { $0 < key } ?? false }

  /// Counts a mention of a tuple that is beyond the bound.
  mutating func drop(count: Int) { mentions += count }

  /// - Returns: numbers that do not count any more.
  mutating func add(_ told: Mention, in catalog: TupleCatalog) -> ArraySlice<Int> {
    mentions += told.count
    known[told.number] = told
    guard known.count >= 2 * maximum else { return [] }
    let order = known.keys.sorted { catalog[$0].key < catalog[$1].key }
    for number in order[maximum...] { known[number] = nil }
    bound = catalog[order[maximum - 1]].key
    return order[maximum...]
  }

  /// Those that count in the order of their keys, and how many mentions, repetitions included, do not.
  func first(ranks: [Int]) -> (tuples: [Mention], dropped: Int) {
    let order = known.values.sorted { ranks[$0.number] < ranks[$1.number] }
    let first = Array(order.prefix(maximum))
    return (first, mentions - first.reduce(0) { $0 + $1.count })
  }
}
