import Records
import Timekeeping

/// What the name of a scan says of it: when it began and from where it was taken.
public struct ScanMoment: Sendable, Equatable {
  /// What follows the time in the name; the whole name where it has no time, since nothing then says
  /// that two scans were taken from one place.
  public let vantage: String
  /// Start, in seconds since 1970. nil: the name has no time.
  public let seconds: Int?

  /// - Parameter name: as `20260102T030405Z-vantage`, or anything else.
  public init(scan name: String) {
    let bytes = Array(name.utf8)
    if bytes.count > 17, bytes[16] == UInt8(ascii: "-"),
      let start = UTCTime(compact: String(decoding: bytes[..<16], as: UTF8.self))
    {
      self.seconds = start.microseconds / 1_000_000
      vantage = String(decoding: bytes[17...], as: UTF8.self)
    } else {
      seconds = nil
      vantage = name
    }
  }
}

extension ScanMoment {
  /// As tables have it. nil: no time.
  public var startedAt: String? { seconds.map { UTCTime.text(seconds: $0) } }
}
