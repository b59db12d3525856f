import Ordering

/// Counts by word, in a stated order.
struct Tally {
  struct Entry: Equatable {
    let word: String
    let count: Int
  }

  private var counts: [String: Int] = [:]

  init() {}

  init(_ words: some Sequence<String>) {
    for word in words { add(word) }
  }

  mutating func add(_ word: String, _ count: Int = 1) {
    counts[word, default: 0] += count
  }

  subscript(word: String) -> Int { counts[word] ?? 0 }

  var total: Int { counts.values.reduce(0, +) }

  /// Greatest count first; equal counts by the bytes of the word.
  var descending: [Entry] {
    counts.map { Entry(word: $0.key, count: $0.value) }.sorted {
      $0.count != $1.count
        ? $0.count > $1.count : $0.word.utf8.lexicographicallyPrecedes($1.word.utf8)
    }
  }

  /// The greatest `limit` entries and what the others add up to; a single other is an entry, too.
  func top(_ limit: Int) -> (entries: [Entry], others: Int, otherWords: Int) {
    let all = descending
    let limit = all.count == limit + 1 ? all.count : limit
    let rest = all.dropFirst(limit)
    return (Array(all.prefix(limit)), rest.reduce(0) { $0 + $1.count }, rest.count)
  }
}
