internal import ElectrumProtocol
import Ordering
internal import Statistics

/// All that servers can tell of each other at one time, once for the whole network.
package final class PeerDirectory: Sendable {
  /// One advertisement and whose it is.
  package struct Entry: Sendable, Equatable {
    package let advertisement: PeerAdvertisement
    /// Number of the server that it is of; nil for what everybody was told of.
    package let group: Int?

    package init(_ advertisement: PeerAdvertisement, group: Int?) {
      self.advertisement = advertisement
      self.group = group
    }
  }

  /// By host, then by address.
  package let entries: [Entry]
  /// Servers that a listener may or may not have heard of.
  package let groups: Int
  /// Of each entry: number of its /16 (or /56), or nil for an onion service.
  let buckets: [Int?]
  let bucketCount: Int

  package init(entries: [Entry], groups: Int) {
    self.entries = entries.sorted { $0.advertisement.precedes($1.advertisement) }
    self.groups = groups
    var numbers: [String: Int] = [:]
    buckets = self.entries.map { entry in
      if entry.advertisement.host.hasSuffix(".onion") { return nil }
      let bucket = PeerSample.bucket(of: entry.advertisement.address)
      let number = numbers[bucket] ?? numbers.count
      numbers[bucket] = number
      return number
    }
    bucketCount = numbers.count
  }
}

/// What one server knows of the others: its own part of a directory that all share, drawn when it
/// is asked for, so that memory grows with the number of servers and not with its square.
package struct PeerKnowledge: Sendable {
  package let directory: PeerDirectory
  /// Draws of this server.
  package let salt: UInt64
  /// Part of the directory's servers that it knows, 0…1.
  package let share: Double
  /// Its own number in the directory; nil if it does not list itself.
  package let own: Int?
  /// What it tells of besides, in any order.
  package var additions: [PeerAdvertisement]

  package init(
    directory: PeerDirectory, salt: UInt64, share: Double, own: Int?,
    additions: [PeerAdvertisement] = []
  ) {
    self.directory = directory
    self.salt = salt
    self.share = share
    self.own = own
    self.additions = additions
  }

  /// These and no others.
  package init(_ peers: [PeerAdvertisement]) {
    self.init(
      directory: PeerDirectory(entries: [], groups: 0), salt: 0, share: 0, own: nil,
      additions: peers)
  }

  /// All that it can tell of, by host, then by address.
  package func list() -> [PeerAdvertisement] {
    let known = knownEntries().map { directory.entries[$0].advertisement }
    if additions.isEmpty { return known }
    return (known + additions).sorted { $0.precedes($1) }
  }

  /// Places in the directory of what this server knows, ascending.
  package func knownEntries() -> [Int] {
    var random = Xoshiro256StarStar(seed: salt)
    var isKnown = [Bool](repeating: share >= 1, count: directory.groups)
    if share > 0, share < 1 {
      for group in isKnown.indices { isKnown[group] = random.nextUnit() < share }
    }
    if let own { isKnown[own] = true }
    return directory.entries.indices.filter { place in
      directory.entries[place].group.map { isKnown[$0] } ?? true
    }
  }
}

extension PeerKnowledge: ExpressibleByArrayLiteral {
  package init(arrayLiteral elements: PeerAdvertisement...) {
    self.init(elements)
  }
}

extension PeerAdvertisement {
  func precedes(_ other: PeerAdvertisement) -> Bool {
    (host, address) < (other.host, other.address)
  }
}

extension PeerSample {
  static func bucketed(
    _ peers: PeerKnowledge, _ random: inout Xoshiro256StarStar
  ) -> [WireValue] {
    bucketed(peers.list(), &random)
  }

  static func complete(_ peers: PeerKnowledge) -> [WireValue] {
    complete(peers.list())
  }
}
