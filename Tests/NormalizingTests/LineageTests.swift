import Records
import TestSupport
import Testing

@testable import Normalizing

/// How server ids pass from scan to scan.
struct LineageTests {
  /// A series of scans; a server is its endpoints, by letter: capitals are attached to it for want of
  /// another at their address.
  fileprivate struct Series {
    private var registry = ServerRegistry()

    /// - Returns: the id of each server in the order given, and the events.
    mutating func scan(_ servers: String...) -> (ids: [String], events: [LineageEvent]) {
      scan(servers)
    }

    mutating func scan(_ servers: [String]) -> (ids: [String], events: [LineageEvent]) {
      registry.assign(
        servers.map { letters in
          ServerRegistry.Candidate(
            endpointIDs: Set(letters.map { "e_\($0)" }), anchors: ["name:n.example"],
            ownIDs: Set(letters.filter { !$0.isUppercase }.map { "e_\($0)" }))
        })
    }

    /// Entries in all that it remembers.
    var size: Int {
      Mirror(reflecting: registry).children.reduce(0) { sum, child in
        let entries = Mirror(reflecting: child.value).children
        return entries.reduce(sum + entries.count) { sum, entry in
          sum + Mirror(reflecting: entry.value).children.count
        }
      }
    }
  }

  private func kinds(_ events: [LineageEvent], of id: String) -> [LineageKind] {
    events.filter { $0.serverID == id }.map(\.kind)
  }

  @Test func `ports that anybody can list at its address take no server's id, and give it nobody`()
  {
    var series = Series()
    let first = series.scan("ab").ids
    let flooded = series.scan("abMNOPQRSTUVW")
    #expect(flooded.ids == first)
    #expect(kinds(flooded.events, of: first[0]) == [.carried])
    let moved = series.scan("cMNOPQRSTUVW").ids
    #expect(moved != first, "another server at the flooded address")
    var silenced = Series()
    let before = silenced.scan("abc").ids
    #expect(silenced.scan("aBc").ids == before, "its own port was silent once")
  }

  @Test func `an id is carried by half of all endpoints, and no less`() {
    var series = Series()
    let first = series.scan("ab", "cdef").ids
    let second = series.scan("abxy", "cpqrs")
    #expect(second.ids[0] == first[0], "two of four")
    #expect(second.ids[1] != first[1], "one of eight")
    #expect(kinds(second.events, of: first[0]) == [.carried])
    #expect(second.events.first { $0.serverID == first[0] }?.overlap == 0.5)
    #expect(kinds(second.events, of: second.ids[1]) == [.new, .split])
    #expect(second.events.last { $0.serverID == second.ids[1] }?.others == [first[1]])
  }

  @Test func `a server that was away comes back under its id`() {
    var series = Series()
    let first = series.scan("ab", "cd").ids
    _ = series.scan("cd")
    let third = series.scan("ab", "cd")
    #expect(third.ids == first)
    #expect(kinds(third.events, of: first[0]) == [.returned])
    #expect(kinds(third.events, of: first[1]) == [.carried])
  }

  @Test func `a server that falls apart keeps its id in one part, and says whose the others were`()
  {
    var series = Series()
    let whole = series.scan("abc").ids[0]
    let parts = series.scan("ab", "c")
    #expect(parts.ids[0] == whole)
    #expect(kinds(parts.events, of: parts.ids[1]) == [.new, .split])
    #expect(parts.events.first { $0.kind == .split }?.others == [whole])
    let halves = Series().halved
    #expect(halves.0 == halves.1, "of two halves, the one with the first endpoint")
  }

  @Test func `servers that become one leave their ids to the one, once`() {
    var series = Series()
    let two = series.scan("abc", "de").ids
    let one = series.scan("abcde")
    #expect(one.ids == [two[0]])
    #expect(kinds(one.events, of: two[0]) == [.carried, .merged])
    #expect(one.events.last?.others == [two[1]])
    #expect(one.events.last?.overlap == 0.4)
    #expect(series.scan("abcde").events.map(\.kind) == [.carried], "told once")
    #expect(series.scan("abc", "de").ids == two, "and they are known again")
  }

  @Test func `an endpoint that changes hands is told of where it went`() {
    var series = Series()
    let first = series.scan("abc", "d").ids
    let second = series.scan("ab", "dc")
    #expect(second.ids == first)
    #expect(kinds(second.events, of: first[1]) == [.carried, .split])
  }

  @Test func `an id is never given twice, whatever falls apart`() {
    var series = Series()
    var given: Set<String> = [series.scan("abcdefgh").ids[0]]
    for letters in ["a", "ab", "abcd", "a", "efgh", "abcdefgh"] {
      let found = series.scan(
        [letters] + "bcdefgh".filter { !letters.contains($0) }.map(String.init))
      #expect(Set(found.ids).count == found.ids.count)
      given.formUnion(found.ids)
    }
    #expect(given.count > 6)
  }

  @Test func `the order of servers decides no id, and a newcomer none but its own`() {
    for seed in 0..<200 {
      var draws = SeededDraws(UInt64(seed))
      var (plain, shuffled, joined) = (Series(), Series(), Series())
      for _ in 0..<4 {
        let servers = "abcdefghij".reduce(into: [String]()) { servers, letter in
          if servers.isEmpty || draws.chance(0.4) { servers.append("") }
          servers[servers.count - 1].append(letter)
        }
        var mixed = servers
        mixed.shuffle(using: &draws)
        let (one, other) = (plain.scan(servers), shuffled.scan(mixed))
        let ids = Dictionary(zip(mixed, other.ids), uniquingKeysWith: { first, _ in first })
        #expect(servers.map { ids[$0] } == one.ids)
        #expect(Set(one.events.map(\.sortKey)) == Set(other.events.map(\.sortKey)))
        #expect(Array(joined.scan(servers + ["z"]).ids.dropLast()) == one.ids)
      }
    }
  }

  @Test func `memory grows with servers, not with scans`() {
    var series = Series()
    for _ in 0..<3 {
      _ = series.scan("ab", "c", "d")
      _ = series.scan("a", "bc", "d")
    }
    let size = series.size
    for _ in 0..<200 {
      _ = series.scan("ab", "c", "d")
      _ = series.scan("a", "bc", "d")
    }
    #expect(series.size == size)
  }

  @Test func `each scan has a table of what became of its servers`() throws {
    let normalized = try Normalized([
      RawScan("a", [.answered("198.18.0.1")]),
      RawScan("b", [.answered("198.18.0.1"), .answered("198.18.0.2")]),
    ])
    #expect(try normalized.rows(LineageEvent.self, scan: 0).map(\.kind) == [.new])
    let second = try normalized.rows(LineageEvent.self, scan: 1)
    #expect(Set(second.map(\.kind)) == [.carried, .new])
    #expect(second.map(\.serverID) == (try normalized.rows(Server.self, scan: 1).map(\.serverID)))
  }
}

extension LineageTests.Series {
  /// The id of a server, and that of its first half.
  fileprivate var halved: (String, String) {
    var series = self
    let whole = series.scan("abcd").ids[0]
    return (whole, series.scan("cd", "ab").ids[1])
  }
}
