import Foundation
import StageKit
import Timekeeping

/// When the scans of a series begin: every so often by the clock, whatever each of them takes; one that
/// would begin while another is under way is left out.
struct ScanSchedule {
  private let interval: Duration?
  private let start: UTCTime
  private var slot = -1

  /// - Parameter interval: nil: one after the other, without a wait.
  init(every interval: Duration?, from start: UTCTime) {
    self.interval = interval
    self.start = start
  }

  /// The moment of the next scan, at or after `now`.
  mutating func next(after now: UTCTime) -> UTCTime {
    guard let interval else { return now }
    let length = max(1, Self.microseconds(interval))
    let elapsed = max(0, now.microseconds - start.microseconds)
    let due = (elapsed + length - 1) / length
    slot = max(slot + 1, due)
    return UTCTime(microseconds: start.microseconds + slot * length)
  }

  /// Sleeps until the next scan is due.
  ///
  /// - Returns: false where a signal came.
  mutating func waitForNext(_ interruption: Interruption) async -> Bool {
    let due = next(after: .now())
    while interruption.received == nil {
      let left = due.microseconds - UTCTime.now().microseconds
      if left <= 0 { return true }
      try? await Task.sleep(for: .microseconds(min(left, 200_000)))
    }
    return false
  }

  private static func microseconds(_ duration: Duration) -> Int {
    let (seconds, attoseconds) = duration.components
    return Int(seconds) * 1_000_000 + Int(attoseconds / 1_000_000_000_000)
  }
}

/// A length of time on a command line: `90s`, `30m`, `6h`, `1d`.
public struct ScanInterval: Sendable, Equatable {
  public let duration: Duration

  /// Nil for anything but a positive whole number and one of the four letters.
  public init?(_ text: String) {
    let units: [Character: Int] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
    guard let letter = text.last, let unit = units[letter], let number = Int(text.dropLast()),
      (1...1_000_000).contains(number)
    else { return nil }
    duration = .seconds(number * unit)
  }
}
