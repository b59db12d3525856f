import Longitudinal
import Records
import Testing

/// What holds for every series.
struct SeriesInvariantTests {
  /// Scans from three vantages at odd times, servers that come and go, fail, upgrade and move.
  private func series(seed: UInt64, scans: Int) -> [(name: String, servers: [Sample])] {
    var state = seed
    func draw(_ below: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % below
    }
    let outcomes: [Outcome] = [
      .answered, .answered, .answered, .answered, .throttled, .connectTimedOut, .connectRefused,
      .untestedNoRoute, .aborted, .resolveFailed,
    ]
    var hours = 0.0
    return (0..<scans).map { _ in
      hours += Double(1 + draw(draw(12) == 0 ? 4000 : 300)) / 60
      // Now and then a system or the vantage fails, and few scans end early.
      let system = draw(4) == 0 ? draw(6) : -1
      let isDark = draw(12) == 0
      let limit = draw(8) == 0 ? 10 : 9
      let servers = (0..<36).filter { _ in draw(10) > 0 }.map { index in
        var outcome = draw(3) == 0 ? outcomes[draw(limit == 10 ? 10 : 8)] : .answered
        if index % 6 == system || isDark, draw(8) > 0 { outcome = .connectTimedOut }
        return Sample(
          "s\(index + 10)", outcome, version: outcome == .answered ? "\(1 + draw(3))" : nil,
          leaf: "\(draw(2))", address: "198.18.\(index).\(draw(2))", asn: index % 6)
      }
      return (SampleSeries.name(hours, "v\(draw(3))"), servers)
    }
  }

  @Test(arguments: 1...3)
  func `every scan is settled once, in order, and every server of it counted once`(seed: UInt64) {
    let scans = series(seed: seed, scans: 120)
    let result = SampleSeries(scans)
    #expect(result.settled.map(\.scan) == scans.map(\.name))
    for (scan, settled) in zip(scans, result.settled) {
      let churn = settled.churn
      #expect(settled.servers.map(\.serverID) == scan.servers.map(\.id).sorted())
      #expect(churn.known == churn.up + churn.down + churn.unknown + churn.excused)
      #expect(churn.known == scan.servers.count && churn.tried <= churn.known)
      #expect((churn.new ?? 0) + (churn.returned ?? 0) <= churn.known)
      #expect(churn.gone.map { $0 >= 0 } ?? true)
      for server in settled.servers {
        #expect((server.state == .unknown) == (server.unknownReason != nil))
        #expect(server.excused == nil || server.state != .up)
      }
    }
    var scansOf: [String: Int] = [:]
    for row in result.tables.reliability where row.vantage != "*" {
      scansOf[row.serverID, default: 0] += row.scans
    }
    for row in result.tables.reliability {
      #expect(row.scans == row.scansUp + row.scansDown + row.scansUnknown + row.scansExcused)
      if row.vantage == "*" { #expect(row.scans == scansOf[row.serverID]) }
      if let reliability = row.reliability1d, let weight = row.weight1d {
        #expect(0...weight ~= reliability && weight <= 1)
      }
      #expect(row.upSpellsEnded <= row.upSpells && row.downs >= row.upSpellsEnded)
    }
    #expect(Set(result.tables.outages.map(\.rule)).isSuperset(of: [.vantage, .system]))
  }

  @Test(arguments: 1...3) func `what was settled stays: later scans change nothing of it`(
    seed: UInt64
  ) {
    let scans = series(seed: seed, scans: 80)
    var history = SeriesHistory(SeriesRules())
    var settled: [SettledScan] = []
    for scan in scans.prefix(60) {
      settled += history.take(
        ScanSighting(
          scan: scan.name, servers: scan.servers.map(\.server),
          endpoints: scan.servers.map(\.endpoint)))
    }
    let whole = SampleSeries(scans).settled
    #expect(settled.count > 50)
    for (one, other) in zip(settled, whole) {
      #expect(one.churn == other.churn)
      #expect(one.servers.map(\.excused) == other.servers.map(\.excused))
      #expect(one.servers.map(\.changes) == other.servers.map(\.changes))
    }
  }

  @Test(arguments: 1...3)
  func `a server is down in an epoch that reached it only where one vantage saw it fall and rise`(
    seed: UInt64
  ) {
    let result = SampleSeries(series(seed: seed, scans: 120))
    let epoch = { (seconds: Int) in seconds / (6 * 3600) }
    var sightings: [String: [(vantage: Substring, seconds: Int, isUp: Bool)]] = [:]
    for scan in result.settled {
      let seconds = scan.moment.seconds ?? 0
      let vantage = scan.scan.split(separator: "-").last ?? ""
      for server in scan.servers where server.state != .unknown && server.excused != .path {
        sightings[server.serverID, default: []].append((vantage, seconds, server.state == .up))
      }
    }
    func isReached(_ event: ServerEvent) -> Bool {
      sightings[event.serverID, default: []].contains {
        $0.isUp && epoch($0.seconds) == event.epoch
      }
    }
    /// Whether between two ups of one vantage, without a third or another vantage's, it was down then.
    func isSeenToFall(_ event: ServerEvent) -> Bool {
      let seen = sightings[event.serverID, default: []]
      return Set(seen.map(\.vantage)).contains { vantage in
        let ups = seen.filter { $0.isUp && $0.vantage == vantage }.map(\.seconds)
        return zip(ups, ups.dropFirst()).contains { rose, again in
          seen.contains {
            !$0.isUp && $0.vantage == vantage && rose < $0.seconds && $0.seconds < again
              && epoch($0.seconds) == event.epoch
          } && !seen.contains { $0.isUp && rose < $0.seconds && $0.seconds < again }
        }
      }
    }
    let downs = result.tables.events.filter { $0.kind == .down }
    #expect(downs.count { !isReached($0) } > 20 && downs.count { isReached($0) } > 20)
    for event in downs where isReached(event) { #expect(isSeenToFall(event)) }
    for event in result.tables.events where event.kind == .return { #expect(isReached(event)) }
  }
}
