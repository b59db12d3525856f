import Records

/// From what kind of source something was first heard, as far as the times tell.
struct FirstHearing {
  private var time: String?
  private var first: AdvertisementKind?
  private var kinds: UInt8 = 0
  private var hasUntimed = false

  /// - Parameter time: UTC; nil: not known.
  mutating func take(_ kind: AdvertisementKind, at time: String?) {
    kinds |= Self.bit(kind)
    if let time { takeFirst(kind, time) } else { hasUntimed = true }
  }

  mutating func merge(_ other: FirstHearing) {
    kinds |= other.kinds
    hasUntimed = hasUntimed || other.hasUntimed
    if let time = other.time, let kind = other.first { takeFirst(kind, time) }
  }

  /// Lists are read to the microsecond and replies to the second: within one, lists come first.
  private mutating func takeFirst(_ kind: AdvertisementKind, _ time: String) {
    if let known = self.time, let first {
      let (old, new) = (known.utf8.prefix(Self.toSecond), time.utf8.prefix(Self.toSecond))
      if old.lexicographicallyPrecedes(new) { return }
      if old.elementsEqual(new), first.rawValue <= kind.rawValue { return }
    }
    (self.time, first) = (time, kind)
  }

  /// Nil where nothing was heard, or where what came first is not known.
  var kind: AdvertisementKind? {
    if kinds.nonzeroBitCount == 1 {
      return AdvertisementKind.allCases.first { Self.bit($0) == kinds }
    }
    return hasUntimed ? nil : first
  }

  /// Length of `2026-01-01T00:00:00`.
  private static let toSecond = 19

  private static func bit(_ kind: AdvertisementKind) -> UInt8 {
    switch kind {
    case .bootstrap: 1
    case .import: 2
    case .peers: 4
    }
  }
}
