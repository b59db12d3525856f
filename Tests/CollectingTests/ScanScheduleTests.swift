import Testing
import Timekeeping

@testable import Collecting

struct ScanScheduleTests {
  private func time(_ seconds: Int) -> UTCTime { UTCTime(microseconds: seconds * 1_000_000) }

  @Test func `scans begin by the clock, and one that would overlap is left out`() {
    var schedule = ScanSchedule(every: .seconds(100), from: time(1_000))
    #expect(schedule.next(after: time(1_000)) == time(1_000))
    #expect(schedule.next(after: time(1_030)) == time(1_100))
    #expect(schedule.next(after: time(1_250)) == time(1_300))
    #expect(schedule.next(after: time(1_300)) == time(1_400))
  }

  @Test func `a slot is used once, also where a scan ends within its second`() {
    var schedule = ScanSchedule(every: .seconds(1), from: time(0))
    #expect(schedule.next(after: time(0)) == time(0))
    #expect(schedule.next(after: time(0)) == time(1))
  }

  @Test func `without an interval the next scan begins at once`() {
    var schedule = ScanSchedule(every: nil, from: time(0))
    #expect(schedule.next(after: time(7)) == time(7))
  }

  @Test(
    arguments: [
      ("90s", 90), ("30m", 1_800), ("6h", 21_600), ("1d", 86_400), ("0s", nil), ("6", nil),
      ("h", nil), ("-1h", nil), ("1.5h", nil), ("99999999d", nil),
    ] as [(String, Int?)]) func `an interval is a number and a letter`(text: String, seconds: Int?)
  {
    #expect(ScanInterval(text)?.duration == seconds.map { .seconds($0) })
  }
}
