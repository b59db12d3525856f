import Longitudinal
import Records
import Testing

/// Outages are recognised by what many servers have in common.
struct OutageFinderTests {
  private func candidates(
    _ system: Int, up: Int, down: Int, families: Set<AddressFamily> = [.ipv4], elsewhere: Int = 0
  ) -> [OutageCandidate] {
    (0..<(up + down)).map { index in
      OutageCandidate(
        serverID: "s\(system)-\(families.count)-\(index)", isDown: index < down, system: system,
        place: "AS\(system)", families: families, isReachedElsewhere: index < elsewhere)
    }
  }

  private func find(_ candidates: [OutageCandidate]) -> [String] {
    OutageFinder(SeriesRules()).outages(among: candidates)
      .map { "\($0.rule.rawValue) \($0.stratum) \($0.members.count)/\($0.before)" }
  }

  @Test func `more than a quarter of five servers of one system, not a quarter of four or eight`() {
    let rest = candidates(9, up: 30, down: 0)
    #expect(find(rest + candidates(1, up: 3, down: 2)) == ["outage.as AS1 2/5"])
    #expect(find(rest + candidates(1, up: 6, down: 2)) == [])
    #expect(find(rest + candidates(1, up: 0, down: 4)) == [])
  }

  @Test func `two systems out at once are two outages`() {
    #expect(
      find(
        candidates(9, up: 30, down: 1) + candidates(2, up: 1, down: 5)
          + candidates(1, up: 0, down: 5)) == ["outage.as AS1 5/5", "outage.as AS2 5/6"])
  }

  @Test func `most servers of most systems: the vantage, and no system besides`() {
    let all = (1...6).flatMap { candidates($0, up: 1, down: 5) }
    #expect(find(all) == ["outage.vantage all 30/36"])
  }

  @Test func `one large system is not the vantage, though most servers are in it`() {
    let small = (1...6).flatMap { candidates($0, up: 1, down: 0) }
    #expect(find(small + candidates(7, up: 0, down: 30)) == ["outage.as AS7 30/30"])
  }

  @Test func `one address family of the vantage fails, the others do not`() {
    let four = (1...6).flatMap { candidates($0, up: 5, down: 0) }
    let six = (1...6).flatMap { system in
      candidates(system, up: 0, down: 2, families: [.ipv6]).map {
        OutageCandidate(
          serverID: "six" + $0.serverID, isDown: true, system: $0.system, place: $0.place,
          families: $0.families)
      }
    }
    #expect(find(four + six) == ["outage.vantage ipv6 12/12"])
  }

  @Test func `what another vantage reached is no outage of its system`() {
    let rest = candidates(9, up: 30, down: 0)
    #expect(find(rest + candidates(1, up: 0, down: 6, elsewhere: 6)) == [])
  }

  @Test func `nothing to judge by, nothing found`() { #expect(find([]) == []) }
}
