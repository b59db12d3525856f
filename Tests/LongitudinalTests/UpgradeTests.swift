import Longitudinal
import Records
import Testing

/// Who goes to which version when.
struct UpgradeTests {
  private let name = SampleSeries.name

  private func scan(_ versions: [String]) -> [Sample] {
    versions.enumerated().map { Sample("s\($0)", version: $1) }
  }

  @Test func `cohorts: who came, after how many days, and who went back`() throws {
    let series = SampleSeries([
      (name(0, "v"), scan(["1.9", "1.9", "1.9", "1.9", "1.10"])),
      (name(24, "v"), scan(["1.11", "1.9", "1.9", "1.9", "1.10"])),
      (name(48, "v"), scan(["1.11", "1.11", "1.9", "1.9", "1.10"])),
      (name(96, "v"), scan(["1.11", "1.11", "1.11", "1.9", "1.9"])),
    ])
    let rows = series.tables.upgrades
    #expect(rows.map(\.version) == ["1.10", "1.11", "1.9"])
    #expect(rows.map(\.fromStart) == [true, false, true])
    #expect(rows.map(\.serversEver) == [1, 3, 5])
    #expect(rows.map(\.serversNow) == [0, 3, 2])
    #expect(rows.map(\.movedIn) == [0, 3, 1])
    #expect(rows.map(\.downgrades) == [0, 0, 1])
    #expect(rows.map(\.daysQ1) == [nil, 0.5, nil])
    #expect(rows.map(\.daysMedian) == [nil, 1, nil])
    #expect(rows.map(\.daysQ3) == [nil, 2, nil])
    #expect(rows[0].lastScan == name(48, "v"))
  }

  @Test func `a server that claims a new version at each scan begins a bounded number of cohorts`()
  {
    let series = SampleSeries(
      (0..<200).map { hour in
        let honest = Sample("b", version: hour < 150 ? "1" : "1.5")
        return (name(Double(hour), "v"), [Sample("a", version: "2.\(hour)"), honest])
      })
    let rows = series.tables.upgrades
    #expect(rows.count == 67)
    let rest = rows.first { $0.version == "*" }
    #expect(rest?.software == "*" && rest?.serversEver == 1 && rest?.serversNow == 1)
    #expect(rest?.downgrades == 0)
    #expect(rows.first { $0.version == "1.5" }?.movedIn == 1, "others are told as ever")
  }

  @Test func `another implementation is no downgrade, and a candidate is not earlier or later`() {
    let series = SampleSeries([
      (name(0, "v"), [Sample("a", version: "2", software: "x"), Sample("b", version: "2rc1")]),
      (name(6, "v"), [Sample("a", version: "1", software: "y"), Sample("b", version: "1")]),
    ])
    #expect(series.tables.upgrades.map(\.downgrades) == [0, 0, 0, 0])
    #expect(series.tables.upgrades.map(\.fromOtherSoftware) == [0, 0, 0, 1])
  }

  @Test
  func `a wave of updates after a release says nothing of its servers' own rhythm; stragglers do`()
  {
    let before = Array(repeating: "1", count: 10)
    let series = SampleSeries([
      (name(0, "v"), scan(before)),
      (name(24, "v"), scan(["2"] + before.dropFirst())),
      (name(48, "v"), scan(["2", "2", "2"] + before.dropFirst(3))),
      (name(98, "v"), scan(["2", "2", "2", "2"] + before.dropFirst(4))),
    ])
    #expect(
      series.events(of: "s2")
        == ["2026-01-03T00 restart outage.release", "2026-01-03T00 version outage.release"])
    #expect(series.events(of: "s0").allSatisfy { $0.hasSuffix("outage.release") })
    // 74 hours after the first sight, and 50 after the scan before.
    #expect(series.events(of: "s3").allSatisfy { $0.hasSuffix("event.gap") })
    #expect(series.tables.outages.map(\.stratum) == ["fulcrum 2"])
    #expect(series.tables.outages.map(\.serversAffected) == [3])
    #expect(series.tables.outages.map(\.serversBefore) == [10])
    #expect(series.tables.outages.map(\.scan) == [name(24, "v")])
  }

  @Test func `two of ten are no wave, and a version that was there from the start has no release`()
  {
    let before = Array(repeating: "1", count: 10)
    let two = SampleSeries([
      (name(0, "v"), scan(before)), (name(6, "v"), scan(["2", "2"] + before.dropFirst(2))),
    ])
    #expect(two.tables.outages == [])
    #expect(two.tables.events.count == 4 && two.tables.events.allSatisfy { $0.excluded == nil })
    let old = SampleSeries([
      (name(0, "v"), scan(["2"] + before)),
      (name(6, "v"), scan(Array(repeating: "2", count: 11))),
    ])
    #expect(old.tables.outages == [])
    #expect(old.tables.events.allSatisfy { $0.excluded == nil })
  }

  @Test func `four servers of an implementation are too few to make a wave`() {
    let series = SampleSeries([
      (name(0, "v"), scan(["1", "1", "1", "1"])), (name(6, "v"), scan(["2", "2", "2", "2"])),
    ])
    #expect(series.tables.outages == [])
    #expect(series.tables.events.count == 8)
    #expect(series.tables.events.allSatisfy { $0.excluded == nil })
  }

  @Test func `what the second vantage is first to see was not released then`() {
    let series = SampleSeries([
      (name(0, "a"), scan(Array(repeating: "1", count: 10))),
      (name(3, "b"), [Sample("z", version: "2")]),
      (name(6, "a"), scan(Array(repeating: "2", count: 10))),
    ])
    #expect(series.tables.outages == [])
    #expect(series.tables.upgrades.map(\.fromStart) == [true, true])
  }
}
