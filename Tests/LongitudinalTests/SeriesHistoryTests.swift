import Longitudinal
import Records
import Testing

/// A series of scans.
struct SeriesHistoryTests {
  private let name = SampleSeries.name

  @Test
  func `down and return are told against the last known state; unknown in between is neither`() {
    let series = SampleSeries([
      (name(0, "v"), [Sample("s")]), (name(6, "v"), [Sample("s", .untestedNoRoute)]),
      (name(12, "v"), [Sample("s", .connectRefused)]), (name(18, "v"), [Sample("s", .throttled)]),
    ])
    #expect(series.settled.map { $0.servers[0].state } == [.up, .unknown, .down, .up])
    #expect(series.settled.map { $0.servers[0].changes } == [[], [], [.down], [.return]])
    #expect(series.row(name(6, "v"), "s")?.unknownReason == .untestedNoRoute)
    #expect(
      series.events(of: "s") == ["2026-01-01T12 down -", "2026-01-01T18 return -"])
    #expect(series.tables.events.map(\.gapHours) == [12, 6])
    let row = series.reliability("s")
    #expect(row?.scans == 4 && row?.scansUp == 2 && row?.scansDown == 1)
    #expect(row?.scansUnknown == 1 && row?.downs == 1)
  }

  @Test func `a server that no scan has for a while is not down: it has no row, and no event`() {
    let series = SampleSeries([
      (name(0, "v"), [Sample("s"), Sample("t")]), (name(6, "v"), [Sample("t")]),
      (name(12, "v"), [Sample("s"), Sample("t")]),
    ])
    #expect(series.row(name(6, "v"), "s") == nil)
    #expect(series.tables.events == [])
    #expect(series.settled.map(\.churn.gone) == [nil, 1, 0])
    #expect(series.settled.map(\.churn.returned) == [nil, 0, 1])
    #expect(series.settled.map(\.churn.new) == [nil, 0, 0])
    #expect(series.settled.map(\.churn.gonePerDay) == [nil, 4, 0])
  }

  @Test func `a change across a long gap has no time: it is excluded from events`() {
    let series = SampleSeries([
      (name(0, "v"), [Sample("s", version: "1")]),
      (name(100, "v"), [Sample("s", version: "2")]),
    ])
    #expect(series.row(name(100, "v"), "s")?.changes == [.version, .restart])
    #expect(
      series.events(of: "s")
        == ["2026-01-05T00 restart event.gap", "2026-01-05T00 version event.gap"])
    #expect(series.tables.events.map(\.gapHours) == [100, 100])
  }

  @Test func `only a change of version shows a restart`() {
    let series = SampleSeries([
      (name(0, "v"), [Sample("s", version: "1", leaf: "a")]),
      (name(6, "v"), [Sample("s", .connectRefused)]),
      (name(12, "v"), [Sample("s", version: "1", leaf: "b")]),
      (name(18, "v"), [Sample("s", version: nil, leaf: "b")]),
      (name(24, "v"), [Sample("s", version: "2", leaf: "b")]),
    ])
    #expect(
      series.settled.map { $0.servers[0].changes }
        == [[], [.down], [.return, .certificate], [], [.version, .restart]])
  }

  @Test func `another address at which it is reached is a change, one more is not`() {
    let series = SampleSeries([
      (name(0, "v"), [Sample("s", address: "192.0.2.1")]),
      (name(6, "v"), [Sample("s", address: "192.0.2.2")]),
      (name(12, "v"), [Sample("s", address: "2001:db8::1", network: .ipv6)]),
      (name(18, "v"), [Sample("s", .connectRefused, address: "192.0.2.9")]),
      (name(24, "v"), [Sample("s", address: "192.0.2.2")]),
    ])
    #expect(
      series.settled.map { $0.servers[0].changes } == [[], [.address], [], [.down], [.return]])
  }

  @Test func `a pool that shows two certificates in turn has one event, not one a scan`() {
    let leaves = ["a", "b", "a", "b"]
    let series = SampleSeries(
      leaves.enumerated().map { index, leaf in
        (name(Double(index) * 6, "v"), [Sample("s", leaf: leaf)])
      })
    #expect(series.settled.map { $0.servers[0].changes.count } == [0, 1, 1, 1])
    #expect(series.events(of: "s") == ["2026-01-01T06 certificate -"])
  }

  @Test func `scans without a time: states and changes, no averages, rates or events`() {
    let series = SampleSeries([
      ("imported", [Sample("s", .connectRefused), Sample("t", version: "1")])
    ])
    #expect(series.settled[0].moment.vantage == "imported")
    #expect(series.row("imported", "s")?.state == .down)
    #expect(series.tables.events == [])
    let row = series.reliability("s", "imported")
    #expect(row?.scansDown == 1 && row?.reliability2h == nil && row?.firstSeen == nil)
    #expect(series.settled[0].churn.gapHours == nil && series.settled[0].churn.newPerDay == nil)
    #expect(series.tables.upgrades.map(\.firstSeen) == [nil])
  }

  @Test func `the averages of all vantages take each observation once, in the order of time`() {
    let series = SampleSeries([
      (name(0, "a"), [Sample("s")]), (name(3, "b"), [Sample("s")]),
      (name(6, "a"), [Sample("s", .connectRefused)]),
    ])
    #expect(series.reliability("s", "*")?.scans == 3)
    #expect(series.reliability("s", "a")?.scans == 2)
    #expect(series.reliability("s", "b")?.scans == 1)
    #expect(series.tables.reliability.map(\.vantage) == ["*", "a", "b"])
  }

  @Test func `the order of rows within a scan does not matter`() {
    let one = (0..<20).map { Sample("s\($0)", version: "1", asn: $0 % 3) }
    let two = (0..<20).map {
      Sample("s\($0)", $0 % 3 == 0 ? .connectTimedOut : .answered, version: "2", asn: $0 % 3)
    }
    let first = SampleSeries([(name(0, "v"), one), (name(6, "v"), two)])
    let second = SampleSeries([
      (name(0, "v"), one.reversed()), (name(6, "v"), two.reversed()),
    ])
    #expect(first.tables.events == second.tables.events)
    #expect(first.tables.reliability == second.tables.reliability)
    #expect(first.tables.upgrades == second.tables.upgrades)
    #expect(first.tables.outages == second.tables.outages)
    #expect(first.settled.map(\.churn) == second.settled.map(\.churn))
    #expect(!first.tables.events.isEmpty && !first.tables.outages.isEmpty)
  }
}
