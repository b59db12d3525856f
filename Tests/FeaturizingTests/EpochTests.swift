import Longitudinal
import Testing

@testable import Featurizing

/// Epochs.
struct EpochTests {
  @Test func `scans of one stretch of time are one epoch, whatever their vantage`() {
    let scans = [
      "20260102T055959Z-a", "20260102T060000Z-a", "20260102T115959Z-b", "20260102T120000Z-a",
    ]
    let epochs = Epoch.group(scans.reversed(), SeriesRules())
    #expect(
      epochs == [
        Epoch(start: "2026-01-02T00:00:00Z", scans: [scans[0]]),
        Epoch(start: "2026-01-02T06:00:00Z", scans: [scans[1], scans[2]]),
        Epoch(start: "2026-01-02T12:00:00Z", scans: [scans[3]]),
      ])
  }

  @Test func `a scan that tells no time is an epoch of its own`() {
    let names = ["imported", "20260102T0600", "20261302T060000Z-a", "20260102T060000Zx"]
    for name in names {
      #expect(Epoch.group([name], SeriesRules()) == [Epoch(start: nil, scans: [name])])
    }
  }

  @Test func `epochs before 1970 begin at whole multiples, too`() {
    #expect(
      Epoch.group(["19691231T235959Z-a"], SeriesRules()).map(\.start) == ["1969-12-31T18:00:00Z"])
  }

  @Test func `a name between the scans of an epoch parts it, and all names still ascend`() {
    let scans = ["20260102T010000Z-a", "20260102T02", "20260102T030000Z-a"]
    let epochs = Epoch.group(scans, SeriesRules())
    #expect(epochs.map(\.name) == scans)
    #expect(epochs.map(\.start) == ["2026-01-02T00:00:00Z", nil, "2026-01-02T00:00:00Z"])
  }
}
