import Artifact
import ElectrumProtocol

/// The key of one peer after the other, in the same room.
struct PeerKey {
  private(set) var key = SortKey()

  /// Makes the key of a peer as protocol 1.4 writes it: two texts and a list of texts.
  /// - Returns: false where it is written otherwise, or a feature holds what separates features.
  mutating func take(_ peer: WireValue) -> Bool {
    guard let parts = peer.elements, parts.count == 3, let address = parts[0].text,
      let host = parts[1].text, let features = parts[2].elements
    else { return false }
    key.removeAll()
    key.append(address)
    key.append(host)
    for (index, feature) in features.enumerated() {
      guard let text = feature.text, !text.utf8.contains(0x1f) else { return false }
      if index > 0 { key.appendPart("\u{1f}") }
      key.appendPart(text)
    }
    key.endText()
    // Nothing of it was replaced.
    key.append("")
    return true
  }
}
