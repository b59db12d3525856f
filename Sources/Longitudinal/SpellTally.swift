/// Spells of being up and down, as observations from time to time show them.
///
/// The time between two observations that agree is a part of their spell; between two that differ the
/// change is placed midway. Where they are too far apart a spell ends without its end having been seen
/// (it is censored), and the time between is nobody's.
public struct SpellTally: Sendable, Equatable {
  private struct Spell: Sendable, Equatable {
    let isUp: Bool
    var seconds = 0.0
  }

  private var current: Spell?
  private var last = 0
  private let gapSeconds: Int

  /// Times that it went from up to down.
  public private(set) var downs = 0
  /// Unit: s.
  public private(set) var secondsUp = 0.0
  /// Unit: s.
  public private(set) var secondsDown = 0.0
  public private(set) var upSpells = 0
  /// Spells of being up that ended with an observation of being down.
  public private(set) var upSpellsEnded = 0
  /// nil: never up. Unit: s.
  public private(set) var longestUp: Double?
  /// nil: never down. Unit: s.
  public private(set) var longestDown: Double?

  public init(gapSeconds: Int) { self.gapSeconds = gapSeconds }

  /// Observations come in the order of their times, which are seconds since 1970.
  public mutating func take(isUp: Bool, at seconds: Int) {
    defer { last = seconds }
    guard let open = current else { return begin(isUp, with: 0) }
    if open.isUp, !isUp { downs += 1 }
    let length = max(0, seconds - last)
    guard length <= gapSeconds else { return begin(isUp, with: 0) }
    if open.isUp == isUp { return grow(by: Double(length)) }
    grow(by: Double(length) / 2)
    if open.isUp { upSpellsEnded += 1 }
    begin(isUp, with: Double(length) / 2)
  }

  private mutating func begin(_ isUp: Bool, with seconds: Double) {
    current = Spell(isUp: isUp)
    if isUp { upSpells += 1 }
    grow(by: seconds)
  }

  private mutating func grow(by seconds: Double) {
    guard var open = current else { return }
    open.seconds += seconds
    current = open
    if open.isUp {
      secondsUp += seconds
      longestUp = max(longestUp ?? 0, open.seconds)
    } else {
      secondsDown += seconds
      longestDown = max(longestDown ?? 0, open.seconds)
    }
  }

  /// Maximum likelihood mean of exponential spells under right censoring: time by ends seen.
  /// nil: no end was seen. Unit: s.
  public var meanUp: Double? { upSpellsEnded == 0 ? nil : secondsUp / Double(upSpellsEnded) }
}
