internal import ElectrumProtocol
internal import Statistics

/// Which of its peers a server tells of.
enum PeerSample {
  /// ElectrumX: at most two random peers of each /16, and onion peers up to the larger of ten and
  /// a quarter of the list.
  static func bucketed(
    _ peers: [PeerAdvertisement], _ random: inout Xoshiro256StarStar
  ) -> [WireValue] {
    var shuffled = peers
    random.shuffle(&shuffled)
    var taken: [String: Int] = [:]
    var result: [PeerAdvertisement] = []
    var onions: [PeerAdvertisement] = []
    for peer in shuffled {
      guard !peer.host.hasSuffix(".onion") else {
        onions.append(peer)
        continue
      }
      let bucket = bucket(of: peer.address)
      guard taken[bucket, default: 0] < 2 else { continue }
      taken[bucket, default: 0] += 1
      result.append(peer)
    }
    result += onions.prefix(max(10, peers.count / 4))
    return result.map(\.value)
  }

  /// Fulcrum: all, in a stable order.
  static func complete(_ peers: [PeerAdvertisement]) -> [WireValue] {
    peers.map(\.value)
  }

  /// The /16 of an IPv4 address; of IPv6 the first four groups stand for the /56.
  static func bucket(of address: String) -> String {
    if address.contains(":") {
      return address.split(separator: ":", omittingEmptySubsequences: false).prefix(4)
        .joined(separator: ":")
    }
    return address.split(separator: ".").prefix(2).joined(separator: ".")
  }
}
