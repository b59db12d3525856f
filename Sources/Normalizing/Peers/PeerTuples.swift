import Artifact
import ElectrumProtocol
import Records

/// The peer tuples of a scan, a bounded number of each source: a server that names a million peers
/// fills neither the memory nor the dataset.
///
/// Of too many, those stay that come first by their advertisement's key, in whatever order they
/// arrive; the rest is counted.
struct PeerTuples {
  /// That a source named a peer.
  struct Mention {
    let address: String
    let host: String
    let features: [String]
    /// Digest of the exact tuple where credentials in it were replaced; else empty.
    var exactSHA256 = ""
    let kind: AdvertisementKind
    /// Endpoint id of the advertiser, or the name of the list.
    let source: String
    /// How often.
    let count: Int
    /// When first; nil: not known.
    let heardAt: String?
  }

  struct Source: Hashable {
    let kind: AdvertisementKind
    let name: String
  }

  /// What one source says.
  struct Statement {
    let source: Source
    /// Those that count, in the order of their keys.
    let tuples: [FirstTuples.Mention]
    /// Mentions that do not count.
    let dropped: Int
  }

  private let maximumPerSource: Int
  private(set) var catalog = TupleCatalog()
  private var numbers: [Source: Int] = [:]
  private var peers = KnownPeers()
  /// Whether any source has a tuple of its own.
  private var hasOwn = false
  private var sources: [(source: Source, tuples: FirstTuples)] = []

  init(maximumPerSource: Int) { self.maximumPerSource = maximumPerSource }

  mutating func take(_ mention: Mention) {
    let source = Source(kind: mention.kind, name: mention.source)
    let index: Int
    if let known = numbers[source] {
      index = known
    } else {
      index = sources.count
      numbers[source] = index
      sources.append((source, FirstTuples(maximum: maximumPerSource)))
    }
    take(mention, from: index)
  }

  private mutating func take(_ mention: Mention, from index: Int) {
    let source = sources[index].source
    let key = Advertisement.tupleKey(
      address: mention.address, host: mention.host, features: mention.features,
      exactSHA256: mention.exactSHA256)
    let isOwn = Self.isOwn(mention.features)
    var number: Int?
    // Within a source the key alone tells tuples apart, whichever of the two came first.
    for name in isOwn || hasOwn ? [key, Self.ownName(key, source)] : [key] {
      guard let known = catalog.number(of: name) else { continue }
      let told = FirstTuples.Mention(number: known, count: mention.count, heardAt: mention.heardAt)
      if sources[index].tuples.repeats(told) { return }
      if (name == key) != isOwn { number = known }
    }
    if sources[index].tuples.isBeyond(key) {
      return sources[index].tuples.drop(count: mention.count)
    }
    if number == nil {
      number = catalog.add(
        TupleCatalog.Tuple(
          address: mention.address, host: mention.host, features: mention.features,
          exactSHA256: mention.exactSHA256, key: key),
        name: isOwn ? Self.ownName(key, source) : key)
      hasOwn = hasOwn || isOwn
    }
    guard let number else { return }
    add(
      FirstTuples.Mention(number: number, count: mention.count, heardAt: mention.heardAt),
      from: index)
  }

  /// Adds a tuple of the catalog to those of a source.
  private mutating func add(_ told: FirstTuples.Mention, from index: Int) {
    catalog.use(told.number)
    let source = sources[index].source
    for gone in sources[index].tuples.add(told, in: catalog) {
      catalog.release(gone) {
        Self.isOwn($0.features) ? Self.ownName($0.key, source) : $0.key
      }
    }
  }

  /// Sources share tuples, but for one with a feature that holds what separates features in the key:
  /// it may stand for several, and which it was is each source's own.
  private static func isOwn(_ features: [String]) -> Bool {
    features.contains { $0.utf8.contains(0x1f) }
  }

  /// Takes a peer that is written as it should be and was met before, by this source or another; else
  /// nothing. Nearly all peers are such, and their texts are not put together again.
  /// - Returns: false where it was not taken.
  mutating func repeats(_ peer: WireValue, of source: Source, heardAt: String?) -> Bool {
    guard !hasOwn, let index = numbers[source], let number = peers.number(of: peer, in: catalog)
    else { return false }
    let told = FirstTuples.Mention(number: number, count: 1, heardAt: heardAt)
    if sources[index].tuples.repeats(told) { return true }
    if sources[index].tuples.isBeyond(catalog[number].key) {
      sources[index].tuples.drop(count: 1)
    } else {
      add(told, from: index)
    }
    return true
  }

  private static func ownName(_ key: SortKey, _ source: Source) -> SortKey {
    var name = key
    name.append(source.kind.rawValue)
    name.append(source.name)
    return name
  }

  /// The tuples that are told, without what they are found by; nothing else is left.
  mutating func takeCatalog(_ told: [Statement]) -> TupleCatalog {
    var taken = catalog
    self = PeerTuples(maximumPerSource: maximumPerSource)
    taken.keep(told.lazy.flatMap { $0.tuples.lazy.map(\.number) })
    return taken
  }

  /// By source, in the order of advertisements.
  func told() -> [Statement] {
    let ranks = catalog.ranks()
    return sources.map { entry in
      let (tuples, dropped) = entry.tuples.first(ranks: ranks)
      return Statement(source: entry.source, tuples: tuples, dropped: dropped)
    }
    .sorted { left, right in
      let (one, other) = (left.source, right.source)
      return SortKey.of(one.kind.rawValue, one.name) < SortKey.of(other.kind.rawValue, other.name)
    }
  }
}
