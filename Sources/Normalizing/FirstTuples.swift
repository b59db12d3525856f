import Artifact

/// The tuples of one source that come first by their key, out of any number of them.
struct FirstTuples {
  private let maximum: Int
  /// Up to twice as many as count, so that they are sorted seldom.
  private var known: [SortKey: PeerTuples.Mention] = [:]
  /// As many as count are not behind it, so that no later one ever counts.
  private var bound: SortKey?
  private var mentions = 0

  init(maximum: Int) { self.maximum = maximum }

  mutating func take(_ mention: PeerTuples.Mention) {
    mentions += mention.count
    let key = mention.key
    if let bound, bound < key { return }
    if var same = known[key] {
      same.count += mention.count
      same.heardAt = [same.heardAt, mention.heardAt].compactMap { $0 }.min()
      known[key] = same
    } else {
      known[key] = mention
      if known.count >= 2 * maximum { shorten() }
    }
  }

  private mutating func shorten() {
    let keys = known.keys.sorted()
    for key in keys[maximum...] { known[key] = nil }
    bound = keys[maximum - 1]
  }

  /// In no order.
  var kept: [PeerTuples.Mention] {
    if known.count <= maximum { return Array(known.values) }
    return known.sorted { $0.key < $1.key }.prefix(maximum).map(\.value)
  }

  /// Mentions, repetitions included, that do not count.
  var dropped: Int { mentions - kept.reduce(0) { $0 + $1.count } }
}
