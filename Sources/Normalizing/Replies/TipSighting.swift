/// A header tip that an endpoint gave.
struct TipSighting: Equatable {
  /// When it arrived, seconds since 1970; nil: not known (imported).
  let time: Int?
  let height: Int
  /// Hash of the header; nil where it is none.
  let hash: String?
  /// Time in the header, seconds since 1970.
  let headerTime: Int?

  /// Nil for a height that no chain has.
  init?(time: Int?, height: Int, hash: String? = nil, headerTime: Int? = nil) {
    guard (0...Self.greatestHeight).contains(height) else { return nil }
    self.time = time
    self.height = height
    self.hash = hash
    self.headerTime = headerTime
  }

  /// Blocks by which the tips of one server may differ (`veto.height`, <doc:Server-Resolution>).
  static let toleratedBlocks = 2
  /// How long they may differ by more, in seconds.
  static let toleratedSeconds = 600
  /// Seconds within which S4 compares heights.
  static let sameMoment = 60

  private static let greatestHeight = 1_000_000_000

  /// V3: `self` still lacked what `higher` shows to have existed for more than ten minutes, and
  /// `higher` had not ten minutes more to catch up.
  func lags(behind higher: TipSighting) -> Bool {
    guard let time, let other = higher.time, higher.height - height > Self.toleratedBlocks else {
      return false
    }
    let known = min(other, higher.headerTime ?? other)
    return time - known > Self.toleratedSeconds && other - time <= Self.toleratedSeconds
  }

  /// S4: the same tip at any time, or heights a block apart at most in the same minute.
  func agrees(with other: TipSighting) -> Bool {
    if let hash, hash == other.hash { return true }
    guard let time, let later = other.time else { return false }
    return abs(time - later) <= Self.sameMoment && abs(height - other.height) <= 1
  }
}
