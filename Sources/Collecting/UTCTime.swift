import Foundation
import Records

/// A moment of UTC, to the microsecond.
public struct UTCTime: Sendable, Comparable {
  /// Since 1970.
  public let microseconds: Int

  public init(microseconds: Int) {
    self.microseconds = microseconds
  }

  /// The machine's clock: only `collect` looks at it.
  public static func now() -> UTCTime {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return UTCTime(microseconds: Int(time.tv_sec) * 1_000_000 + Int(time.tv_nsec) / 1000)
  }

  public static func < (left: UTCTime, right: UTCTime) -> Bool {
    left.microseconds < right.microseconds
  }

  /// `2026-01-02T03:04:05.678901Z`.
  public var text: String {
    Timestamp.text(seconds: seconds.quotient, microseconds: seconds.remainder)
  }

  /// `20260102T030405Z`, as scans are named.
  public var compact: String {
    Timestamp.text(seconds: seconds.quotient).filter { $0 != "-" && $0 != ":" }
  }

  private var seconds: (quotient: Int, remainder: Int) {
    microseconds.quotientAndRemainder(dividingBy: 1_000_000)
  }
}
