internal import ElectrumProtocol
import Ordering
internal import SimulatedChain

/// What one connection has asked to be told of.
struct Subscriptions: Sendable {
  /// An output of a transaction, by the id as printed.
  struct Outpoint: Sendable, Hashable {
    var transaction: String
    var index: Int
  }

  /// As many as Fulcrum takes of one address; more are refused, so that nobody fills the memory.
  static let capacity = 75_000

  var headers = false
  /// The status last told of each script.
  private(set) var scripts: [Scripthash: String?] = [:]
  /// The status last told of each output.
  private(set) var outpoints: [Outpoint: WireValue] = [:]

  /// Whether there was room.
  mutating func insert(_ hash: Scripthash, status: String?) -> Bool {
    guard scripts.count < Self.capacity || scripts[hash] != nil else { return false }
    scripts[hash] = .some(status)
    return true
  }

  mutating func remove(_ hash: Scripthash) -> Bool {
    scripts.removeValue(forKey: hash) != nil
  }

  mutating func insert(_ outpoint: Outpoint, status: WireValue) -> Bool {
    guard outpoints.count < Self.capacity || outpoints[outpoint] != nil else { return false }
    outpoints[outpoint] = status
    return true
  }

  mutating func remove(_ outpoint: Outpoint) -> Bool {
    outpoints.removeValue(forKey: outpoint) != nil
  }

  /// The scripts whose status is another now, by hash.
  mutating func changedScripts(
    _ status: (Scripthash) -> String?
  ) -> [(hash: Scripthash, status: String?)] {
    var changed: [(hash: Scripthash, status: String?)] = []
    for (hash, old) in scripts {
      let new = status(hash)
      if new != old { changed.append((hash, new)) }
    }
    for change in changed { scripts[change.hash] = .some(change.status) }
    return changed.sorted { $0.hash.text < $1.hash.text }
  }

  /// The outputs whose status is another now, by transaction and index.
  mutating func changedOutpoints(
    _ status: (Outpoint) -> WireValue
  ) -> [(outpoint: Outpoint, status: WireValue)] {
    var changed: [(outpoint: Outpoint, status: WireValue)] = []
    for (outpoint, old) in outpoints {
      let new = status(outpoint)
      if new != old { changed.append((outpoint, new)) }
    }
    for change in changed { outpoints[change.outpoint] = change.status }
    return changed.sorted {
      ($0.outpoint.transaction, $0.outpoint.index) < ($1.outpoint.transaction, $1.outpoint.index)
    }
  }
}
