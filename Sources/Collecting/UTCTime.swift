import Foundation

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
    let fields = fields
    let seconds =
      "\(Self.pad(fields.tm_hour)):\(Self.pad(fields.tm_min)):\(Self.pad(fields.tm_sec))"
    let fraction = String(1_000_000 + microseconds.quotientAndRemainder(dividingBy: 1_000_000).1)
    return "\(date(fields, separator: "-"))T\(seconds).\(fraction.dropFirst())Z"
  }

  /// `20260102T030405Z`, as scans are named.
  public var compact: String {
    let fields = fields
    return date(fields, separator: "")
      + "T\(Self.pad(fields.tm_hour))\(Self.pad(fields.tm_min))\(Self.pad(fields.tm_sec))Z"
  }

  private var fields: tm {
    var seconds = time_t(microseconds / 1_000_000)
    var fields = tm()
    gmtime_r(&seconds, &fields)
    return fields
  }

  private func date(_ fields: tm, separator: String) -> String {
    "\(fields.tm_year + 1900)\(separator)\(Self.pad(fields.tm_mon + 1))\(separator)\(Self.pad(fields.tm_mday))"
  }

  private static func pad(_ number: Int32) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}
