import Artifact
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
    let kind: AdvertisementKind
    /// Endpoint id of the advertiser, or the name of the list.
    let source: String
    /// How often.
    var count: Int
    /// When first; nil: not known.
    var heardAt: String?

    /// That of its advertisement.
    var key: SortKey {
      Advertisement(
        sourceKind: kind, source: source, address: address, host: host, features: features,
        network: .unresolved, valid: false, count: count
      ).sortKey
    }
  }

  struct Source: Hashable {
    let kind: AdvertisementKind
    let name: String
  }

  private let maximumPerSource: Int
  private var bySource: [Source: FirstTuples] = [:]

  init(maximumPerSource: Int) { self.maximumPerSource = maximumPerSource }

  mutating func take(_ mention: Mention) {
    let source = Source(kind: mention.kind, name: mention.source)
    bySource[source, default: FirstTuples(maximum: maximumPerSource)].take(mention)
  }

  /// Those that count, each different one once, in no order.
  var kept: [Mention] { bySource.values.flatMap(\.kept) }

  /// Mentions that do not count, by source; sources of which all count are not in it.
  var dropped: [Source: Int] { bySource.mapValues(\.dropped).filter { $0.value > 0 } }

  /// Nil where nothing was dropped.
  var droppedText: String? {
    let dropped = dropped
    if dropped.isEmpty { return nil }
    return "\(dropped.values.reduce(0, +)) peer tuples of \(dropped.count) sources dropped, which "
      + "name more than \(maximumPerSource) each"
  }
}
