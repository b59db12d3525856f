import Longitudinal
import Testing

/// What the name of a scan says.
struct ScanMomentTests {
  @Test func `the time stands before the vantage`() {
    let moment = ScanMoment(scan: "20260102T030405Z-my-vantage")
    #expect(moment.vantage == "my-vantage")
    #expect(moment.startedAt == "2026-01-02T03:04:05Z")
    #expect(moment.seconds == 1_767_323_045)
  }

  @Test(arguments: [
    "imported", "original-0a1b2c", "20260102T030405Z-", "20260102T030405Z", "20260231T000000Z-x",
    "20260102T250000Z-x", "2026-102T030405Z-x", "20260102 030405Z-x", "2026é0102T0304Z-x", "",
  ]) func `a name without a time is a vantage of its own`(name: String) {
    let moment = ScanMoment(scan: name)
    #expect(moment.seconds == nil)
    #expect(moment.startedAt == nil)
    #expect(moment.vantage == name)
  }
}
