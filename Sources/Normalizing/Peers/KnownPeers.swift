import ElectrumProtocol
import Memoization

/// Finds the tuples of peers that are written as they should be. Replies share the value of a peer
/// that they write alike (`ElementMemory`), so that most are found by its storage, unread.
struct KnownPeers {
  private struct Known {
    /// Held, so that nothing else is ever stored in its place.
    let parts: [WireValue]
    let number: Int
  }

  private var known = Memo<UnsafeRawPointer, Known>(capacity: 1 << 12)
  private var releases = 0
  private var scratch = PeerKey()

  /// The number of a peer's tuple; nil where it is not in the catalog or written otherwise.
  mutating func number(of peer: WireValue, in catalog: TupleCatalog) -> Int? {
    guard let parts = peer.elements, let storage = Self.storage(of: parts) else { return nil }
    if catalog.releases != releases {
      known.removeAll()
      releases = catalog.releases
    }
    if let known = known.value(for: storage) { return known.number }
    guard scratch.take(peer), let number = catalog.number(of: scratch.key) else { return nil }
    known.keep(Known(parts: parts, number: number), for: storage)
    return number
  }

  private static func storage(of parts: [WireValue]) -> UnsafeRawPointer? {
    parts.withUnsafeBytes { $0.baseAddress }
  }
}
