import Records
import Testing

@testable import Featurizing

/// Lifetimes of hosts in lists.
struct ListingLedgerTests {
  /// A list's state of a scan: the day of January 2020 it was read, and its hosts.
  private struct State {
    var source = "list"
    var kind = AdvertisementKind.bootstrap
    var scan: String
    var day: Int?
    var hosts: [String]
    var dropped = 0

    var rows: [Advertisement] {
      hosts.map {
        Advertisement(sourceKind: kind, source: source, address: $0, host: $0, network: .unresolved)
          .with {
            $0.features = ["v1.4", "t50001"]
            $0.valid = true
            $0.protocolMax = "1.4"
            $0.tcpPort = 50001
            $0.count = 1
            $0.heardAt = day.map { "2020-01-\($0 < 10 ? "0" : "")\($0)T12:00:00Z" }
            $0.sourceDropped = dropped
          }
      }
    }
  }

  private func ledger(_ states: [State]) -> ListingLedger {
    var ledger = ListingLedger()
    for scan in Set(states.map(\.scan)).sorted() {
      for row in states.filter({ $0.scan == scan }).flatMap(\.rows) { ledger.take(row, scan: scan) }
      ledger.finishScan()
    }
    return ledger
  }

  private func rows(_ states: [State]) -> [String: ListingLifetime] {
    Dictionary(
      uniqueKeysWithValues: ledger(states).lifetimes().map { ("\($0.source) \($0.host)", $0) })
  }

  @Test func `a host that leaves and comes back has two spells, and no days between`() throws {
    let row = try #require(
      rows([
        State(scan: "a", day: 1, hosts: ["x", "y"]), State(scan: "b", day: 3, hosts: ["y"]),
        State(scan: "c", day: 7, hosts: ["x", "y"]), State(scan: "d", day: 8, hosts: ["X", "y"]),
      ])["list x"])
    #expect(row.spells == 2 && row.statesListed == 3 && row.listStates == 4)
    #expect(row.daysListed == 3)
    #expect(row.firstGoneAt == "2020-01-03T12:00:00.000000Z" && row.goneAt == nil)
    #expect(row.stillListed == true && row.names == ["X", "x"])
    #expect(row.firstScan == "a" && row.lastScan == "d" && row.fromFirstState)
  }

  @Test func `a host of the last state alone has been listed no time yet`() throws {
    let row = try #require(
      rows([State(scan: "a", day: 1, hosts: ["y"]), State(scan: "b", day: 3, hosts: ["x", "y"])])[
        "list x"])
    #expect(row.daysListed == 0 && row.stillListed == true && !row.fromFirstState)
  }

  @Test func `a scan that did not read the list ends no spell`() throws {
    let row = try #require(
      rows([
        State(scan: "a", day: 1, hosts: ["x"]),
        State(source: "other", scan: "b", day: 3, hosts: ["z"]),
        State(scan: "c", day: 5, hosts: ["x"]),
      ])["list x"])
    #expect(row.spells == 1 && row.daysListed == 4 && row.listStates == 2)
  }

  @Test func `who is missing from a state that is cut short has not left`() throws {
    let states = [
      State(scan: "a", day: 1, hosts: ["x", "y"]),
      State(scan: "b", day: 3, hosts: ["y"], dropped: 1),
    ]
    let cut = try #require(rows(states)["list x"])
    #expect(cut.stillListed == nil && cut.goneAt == nil && cut.daysListed == 0)
    let later = rows(states + [State(scan: "c", day: 5, hosts: ["x", "y"])])["list x"]
    #expect(later?.spells == 1 && later?.daysListed == 4 && later?.statesListed == 2)
    let gone = rows(states + [State(scan: "c", day: 5, hosts: ["y"])])["list x"]
    #expect(gone?.goneAt == "2020-01-05T12:00:00.000000Z" && gone?.daysListed == 4)
  }

  @Test(arguments: [[nil, nil], [1, nil], [5, 1]])
  func `without times, or where they go back, days are unknown and spells are not`(days: [Int?])
    throws
  {
    let states = [
      State(scan: "a", day: days[0], hosts: ["x", "y"]),
      State(scan: "b", day: days[1], hosts: ["y"]),
    ]
    let row = try #require(rows(states)["list x"])
    #expect(row.daysListed == nil && row.firstListedAt == nil && row.goneAt == nil)
    #expect(row.spells == 1 && row.stillListed == false)
    #expect(try ledger(states).survival().isEmpty)
  }

  @Test func `one name of two kinds is two lists, and what servers tell is none`() {
    let states = [
      State(kind: .bootstrap, scan: "a", day: 1, hosts: ["x"]),
      State(kind: .import, scan: "a", day: 1, hosts: ["x"]),
      State(kind: .peers, scan: "a", day: 1, hosts: ["x"]),
    ]
    #expect(
      ledger(states).lifetimes().map(\.sourceKind).sorted { $0.rawValue < $1.rawValue } == [
        .bootstrap, .import,
      ])
  }

  @Test func `a host of another list changes no row of this one`() {
    let states = [
      State(scan: "a", day: 1, hosts: ["x", "y"]), State(scan: "b", day: 3, hosts: ["y"]),
    ]
    let other = State(source: "other", scan: "b", day: 3, hosts: ["x", "z"])
    let with = rows(states + [other])
    for (key, row) in rows(states) { #expect(with[key] == row) }
    #expect(with.count == 4)
  }
}
