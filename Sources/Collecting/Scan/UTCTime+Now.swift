import Foundation
public import Timekeeping

extension UTCTime {
  /// The machine's clock: only `collect` looks at it.
  public static func now() -> UTCTime {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return UTCTime(microseconds: Int(time.tv_sec) * 1_000_000 + Int(time.tv_nsec) / 1000)
  }
}
