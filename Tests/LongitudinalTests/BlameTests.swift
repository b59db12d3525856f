import Longitudinal
import Records
import Testing

/// Whose fault a failure is.
struct BlameTests {
  private let name = SampleSeries.name

  /// Forty servers in eight systems, all up.
  private func network(_ down: (Int) -> Bool = { _ in false }) -> [Sample] {
    (0..<40).map { index in
      Sample(
        "s\(index / 10)\(index % 10)", down(index) ? .connectTimedOut : .answered, asn: index % 8)
    }
  }

  @Test func `a planted outage of a system is found, as long as it lasts, and blamed on nobody`() {
    let out = { (index: Int) in index % 8 == 3 }
    // Server 11 of the system does not come back; server 20 of another goes down by itself.
    let after = { (index: Int) in index == 11 || index == 20 }
    let series = SampleSeries([
      (name(0, "v"), network()), (name(6, "v"), network(out)), (name(12, "v"), network(out)),
      (name(18, "v"), network(after)),
    ])
    #expect(
      series.tables.outages.map {
        "\($0.scan) \($0.stratum) \($0.serversAffected)/\($0.serversBefore)"
      }
        == ["\(name(6, "v")) AS3 5/5", "\(name(12, "v")) AS3 5/5"])
    #expect(series.row(name(6, "v"), "s03")?.excused == .system)
    #expect(series.row(name(12, "v"), "s03")?.excused == .system)
    let back = series.reliability("s03")
    #expect(back?.scansExcused == 2 && back?.scansDown == 0 && back?.downs == 0)
    #expect(back?.reliability30d == back?.weight30d)
    #expect(
      series.events(of: "s03")
        == ["2026-01-01T06 down outage.as", "2026-01-01T18 return outage.as"])
    // It stays away: from then on that counts, but it went down with the others.
    #expect(series.row(name(18, "v"), "s11")?.excused == nil)
    #expect(series.reliability("s11")?.scansDown == 1)
    #expect(series.events(of: "s11") == ["2026-01-01T06 down outage.as"])
    #expect(series.events(of: "s20") == ["2026-01-01T18 down -"])
    #expect(series.settled.map(\.churn.excused) == [0, 5, 5, 0])
    #expect(series.settled.map(\.churn.wentDown) == [0, 0, 0, 1])
    #expect(series.settled.map(\.churn.cameUp) == [0, 0, 0, 0])
  }

  @Test(arguments: ["domain", "key", "prefix"])
  func `who switches off all that he has in a system is down for himself`(mark: String) {
    // Six servers of one owner among fourteen of strangers, in one system.
    let servers = { (isOut: Bool) in
      (0..<20).map { index in
        let isOwn = index < 6
        return Sample(
          "s\(10 + index)", isOut && isOwn ? .connectTimedOut : .answered,
          address: isOwn && mark == "prefix" ? "9.9.9.\(index)" : "9.8.\(index).1", asn: 1,
          domain: isOwn && mark == "domain" ? "op.example" : nil,
          key: isOwn && mark == "key" ? "k" : "\(index)")
      }
    }
    let series = SampleSeries([
      (name(0, "v"), servers(false)), (name(6, "v"), servers(true)),
      (name(12, "v"), servers(false)),
    ])
    #expect(series.tables.outages.isEmpty)
    #expect(series.row(name(6, "v"), "s10")?.excused == nil)
    #expect(series.events(of: "s10") == ["2026-01-01T06 down -", "2026-01-01T12 return -"])
    #expect(series.reliability("s10")?.scansDown == 1)
  }

  @Test func `an owner's servers that fail with those of others are excused with them`() {
    let servers = { (isOut: Bool) in
      (0..<20).map { index in
        Sample(
          "s\(10 + index)", isOut && index < 12 ? .connectTimedOut : .answered,
          address: "9.8.\(index).1", asn: 1, domain: index < 6 ? "op.example" : nil)
      }
    }
    let series = SampleSeries([(name(0, "v"), servers(false)), (name(6, "v"), servers(true))])
    #expect(series.tables.outages.map(\.serversAffected) == [12])
    #expect(series.tables.outages.map(\.ownersBefore) == [15])
    #expect(series.tables.outages.map(\.ownersAffected) == [7])
    #expect(series.row(name(6, "v"), "s10")?.excused == .system)
  }

  @Test func `an outage inside one epoch is one, and one across two is told once`() {
    let scans = { (downs: Set<Int>) in
      SampleSeries(
        (0..<12).map {
          (name(Double($0), "v"), [Sample("s", downs.contains($0) ? .connectTimedOut : .answered)])
        })
    }
    #expect(
      scans([2, 3]).events(of: "s") == ["2026-01-01T00 down -", "2026-01-01T00 return -"])
    #expect(
      scans([5, 6, 7]).events(of: "s") == ["2026-01-01T00 down -", "2026-01-01T06 return -"])
    #expect(
      scans([4, 5, 6, 7, 8, 9, 10, 11]).events(of: "s") == ["2026-01-01T06 down -"])
  }

  @Test func `what one vantage misses while another one sees it is no outage inside an epoch`() {
    let series = SampleSeries([
      (name(0, "a"), [Sample("s")]), (name(1.5, "b"), [Sample("s")]),
      (name(3, "a"), [Sample("s", .connectTimedOut)]), (name(4.5, "b"), [Sample("s")]),
      (name(5.75, "a"), [Sample("s")]),
    ])
    #expect(series.events(of: "s") == [])
  }

  @Test func `a system that stays away longer than an outage may last is down for itself`() {
    let out = { (index: Int) in index % 8 == 3 }
    let series = SampleSeries(
      [(name(0, "v"), network())]
        + (1...5).map { (name(Double($0) * 24, "v"), network(out)) })
    #expect(
      series.settled.map { $0.servers[3].excused }
        == [nil, .system, .system, .system, .system, nil])
  }

  @Test
  func `a planted outage of the vantage is found and blamed on nobody, also not on who was down`() {
    let series = SampleSeries([
      (name(0, "v"), network { $0 == 7 }), (name(6, "v"), network { $0 % 10 != 5 }),
      (name(12, "v"), network { $0 == 7 }),
    ])
    #expect(series.tables.outages.map(\.stratum) == ["all"])
    #expect(series.tables.outages[0].rule == .vantage)
    #expect(series.tables.outages[0].serversBefore == 39)
    #expect(series.tables.outages[0].serversAffected == 35)
    #expect(series.row(name(6, "v"), "s07")?.excused == .vantage)
    #expect(series.reliability("s07")?.scansDown == 2)
    for row in series.tables.reliability where row.serverID != "s07" {
      #expect(row.scansDown == 0 && row.downs == 0)
      #expect(row.reliability8h == row.weight8h)
    }
    #expect(series.tables.events.allSatisfy { $0.excluded == .vantage })
  }

  @Test func `a scan that ended early: who was not dealt with is unknown, and nobody is gone`() {
    var cut = Array(network().prefix(10))
    cut[7].outcome = .aborted
    cut[8].outcome = .untestedSkipped
    cut[9].outcome = .connectRefused
    let series = SampleSeries([
      (name(0, "v"), network()), (name(6, "v"), cut), (name(12, "v"), network()),
    ])
    #expect(series.row(name(6, "v"), "s07")?.state == .unknown)
    #expect(series.row(name(6, "v"), "s07")?.excused == .vantage)
    #expect(series.row(name(6, "v"), "s08")?.excused == .vantage)
    // A refusal is one, whatever became of the scan.
    #expect(series.row(name(6, "v"), "s09")?.state == .down)
    #expect(series.row(name(6, "v"), "s09")?.excused == nil)
    #expect(series.tables.outages.map(\.stratum) == ["scan"])
    #expect(series.tables.outages.map(\.serversAffected) == [2])
    #expect(series.settled.map(\.churn.complete) == [true, false, true])
    #expect(series.settled.map(\.churn.gone) == [nil, nil, 0])
    #expect(series.settled.map(\.churn.returned) == [nil, 0, 0])
  }

  @Test func `another vantage reached it just before, or just after: it was not the server`() {
    for offset in [-0.5, 0.5] {
      let series = SampleSeries(
        [
          (name(1, "a"), [Sample("s"), Sample("t")]),
          (name(6, "a"), [Sample("s", .connectTimedOut), Sample("t", .connectTimedOut)]),
          (name(6 + offset, "b"), [Sample("s"), Sample("t", .connectTimedOut)]),
        ].sorted { $0.0 < $1.0 })
      #expect(series.row(name(6, "a"), "s")?.excused == .path)
      #expect(series.row(name(6, "a"), "t")?.excused == nil)
      #expect(series.settled.map(\.scan) == series.settled.map(\.scan).sorted())
      #expect(series.events(of: "s") == [])
      #expect(series.events(of: "t").map { $0.hasSuffix("down -") } == [true])
      #expect(series.reliability("s", "*")?.scansDown == 0)
    }
  }

  @Test func `in an epoch a server is down only where no vantage reached it`() {
    let series = SampleSeries([
      (name(0, "a"), [Sample("s")]), (name(6, "a"), [Sample("s", .connectTimedOut)]),
      (name(9, "b"), [Sample("s")]), (name(12, "a"), [Sample("s", .connectTimedOut)]),
      (name(15, "b"), [Sample("s", .connectTimedOut)]),
    ])
    #expect(series.row(name(6, "a"), "s")?.excused == nil)
    #expect(series.events(of: "s") == ["2026-01-01T12 down -"])
  }

  @Test func `what is first seen changed on return from an outage has the outage's time`() {
    let versions = { (version: String, isOut: Bool) in
      (0..<40).map {
        Sample(
          "s\($0 / 10)\($0 % 10)", isOut && $0 % 8 == 3 ? .connectTimedOut : .answered,
          version: isOut && $0 % 8 == 3 ? nil : $0 == 3 ? version : "1", asn: $0 % 8)
      }
    }
    let series = SampleSeries([
      (name(0, "v"), versions("1", false)), (name(6, "v"), versions("1", true)),
      (name(12, "v"), versions("2", false)),
    ])
    #expect(
      series.events(of: "s03") == [
        "2026-01-01T06 down outage.as", "2026-01-01T12 restart outage.as",
        "2026-01-01T12 return outage.as", "2026-01-01T12 version outage.as",
      ])
  }
}
