import Records
import Testing

@testable import Normalizing

/// When tips tell servers apart, what a veto divides, and what strangers cannot do.
struct ResolutionVetoTests {
  /// Two endpoints that one key joins, unless their tips forbid it.
  private func servers(_ first: TipSighting?, _ second: TipSighting?) -> Int {
    let one = MadeEndpoint("198.18.0.1", 1).with {
      $0.key = "k"
      $0.tips = [first]
    }
    let other = one.with {
      $0.port = 2
      $0.tips = [second]
    }
    return MadeResolution([one, other]).servers.count
  }

  @Test func `tips that differ for more than ten minutes are two servers' (V3)`() {
    let low = TipSighting(time: 10_000, height: 100)
    #expect(servers(low, TipSighting(time: 10_000, height: 103, headerTime: 9_399)) == 2)
    #expect(servers(low, TipSighting(time: 9_399, height: 103)) == 2, "seen before, and not below")
    #expect(servers(low, TipSighting(time: 10_600, height: 200, headerTime: 5_000)) == 2)
  }

  @Test func `heights of one scan differ legitimately while blocks are found (V3)`() {
    let low = TipSighting(time: 10_000, height: 100)
    for other in [
      TipSighting(time: 10_000, height: 102, headerTime: 0),
      TipSighting(time: 10_000, height: 110), TipSighting(time: 9_400, height: 103),
      TipSighting(time: 10_000, height: 103, headerTime: 9_400),
      TipSighting(time: 10_000, height: 103, headerTime: 20_000),
      TipSighting(time: 10_601, height: 200, headerTime: 5_000),
      TipSighting(time: nil, height: 500, headerTime: 0),
    ] {
      #expect(servers(low, other) == 1, "\(String(describing: other))")
    }
  }

  @Test func `a height that no chain has is no tip`() {
    for height in [-1, Int.min, Int.max, 1_000_000_001] {
      #expect(TipSighting(time: 0, height: height) == nil)
    }
  }

  @Test func `a veto holds between all members of two servers, not only the two that a rule sees`()
  {
    // a and b share a key, b and c name each other at one address, and c is of another chain than a.
    let a = MadeEndpoint("198.18.0.1", 1).with {
      $0.key = "k"
      $0.genesis = "00"
    }
    let b = MadeEndpoint("198.18.0.1", 2).with {
      $0.key = "k"
      $0.names = ["n.example"]
      $0.hosts = [("n.example", [2, 3])]
    }
    let c = MadeEndpoint("198.18.0.1", 3).with {
      $0.genesis = "11"
      $0.names = ["n.example"]
      $0.hosts = [("198.18.0.1", [2])]
    }
    let found = MadeResolution([a, b, c])
    #expect(found.servers == [["198.18.0.1:1", "198.18.0.1:2"], ["198.18.0.1:3"]])
    let veto = found.steps.first { $0.decision == .vetoed }
    #expect(veto?.rule == "veto.other-genesis")
    #expect(veto?.evidence.contains(a.evidence.id) == true, "whose words they are")
  }

  @Test func `proof decides before words: the weaker rule finds the server that the stronger made`()
  {
    // b names c, and c names b; but by key b is a's, and a contradicts c.
    let a = MadeEndpoint("198.18.0.1", 1).with { $0.key = "k" }
    let b = MadeEndpoint("198.18.0.1", 2).with {
      $0.key = "k"
      $0.version = nil
      $0.hosts = [("198.18.0.1", [3])]
    }
    let c = MadeEndpoint("198.18.0.1", 3).with {
      $0.version = "Fulcrum 2.1.1"
      $0.hosts = [("198.18.0.1", [2])]
    }
    #expect(
      MadeResolution([a, b, c]).rules.sorted() == ["resolution.same-key", "veto.other-software"])
  }

  @Test func `a text of a stranger's length stays out of the audit`() {
    let long = String(repeating: "x", count: 1_000_000)
    let a = MadeEndpoint("198.18.0.1", 1).with {
      $0.key = "k"
      $0.genesis = long
    }
    let b = a.with {
      $0.port = 2
      $0.genesis = long + "y"
    }
    let steps = MadeResolution([a, b]).steps
    #expect(steps.map(\.rule) == ["veto.other-genesis"])
    #expect(steps.allSatisfy { $0.evidence.utf8.count < 500 })
  }

  @Test
  func `two that answered are listed together by their own words or a list's, not a stranger's`() {
    let one = MadeEndpoint("198.18.0.1", 1)
    let other = MadeEndpoint("198.18.0.1", 2)
    let (first, second) = (one.evidence.id, other.evidence.id)
    func found(_ sources: [String], _ other: MadeEndpoint) -> MadeResolution {
      MadeResolution([one, other], listed: sources.map { ($0, 0, 1) })
    }
    #expect(found([first, second], other).rules == ["resolution.listed-together"])
    #expect(found(["list"], other).rules == ["resolution.listed-together"])
    for sources in [["stranger"], [first], [second], ["stranger", "another", first]] {
      let found = found(sources, other)
      #expect(found.servers.count == 2)
      #expect(found.rules == ["claim.listed-together"])
      #expect(found.steps[0].decision == .claimed)
    }
    let unlike = other.with { $0.version = "ElectrumX 1.19.0" }
    #expect(found(["list"], unlike).servers.count == 2)
    #expect(found([first, second], unlike).rules == ["veto.other-software"])
  }

  @Test func `a port that never answered belongs to who names it, or to other silent ones`() {
    let server = MadeEndpoint("198.18.0.1", 1)
    let silent = MadeEndpoint("198.18.0.1", 2).with { $0.version = nil }
    let third = silent.with { $0.port = 3 }
    let own = server.evidence.id
    #expect(MadeResolution([server, silent], listed: [(own, 0, 1)]).servers.count == 1)
    #expect(MadeResolution([server, silent], listed: [("list", 0, 1)]).servers.count == 1)
    #expect(MadeResolution([silent, third], listed: [("x", 0, 1)]).servers.count == 1)
    let hosts = server.with { $0.hosts = [("198.18.0.1", [1, 2])] }
    #expect(
      MadeResolution([hosts, silent]).rules == ["resolution.listed-together"],
      "its own features name it")
    let second = server.with { $0.port = 4 }
    let listed = MadeResolution(
      [server, silent, third, second], listed: [(own, 0, 1), ("x", 1, 2)])
    #expect(
      listed.servers.map(\.count).sorted() == [1, 1, 2],
      "whose it is of two at the address, no stranger says")
  }

  @Test func `a silent port at the address of one server that answers is its own (S8)`() {
    let server = MadeEndpoint("198.18.0.1", 1).with { $0.key = "k" }
    let silent = MadeEndpoint("198.18.0.1", 2).with { $0.version = nil }
    let websocket = silent.with {
      $0.port = 3
      $0.transport = .wss
    }
    let found = MadeResolution([server, silent, websocket])
    #expect(found.servers.count == 1)
    #expect(found.rules == ["resolution.silent-port", "resolution.silent-port"])
    let elsewhere = silent.with { $0.address = "198.18.0.2" }
    #expect(MadeResolution([server, elsewhere]).servers.count == 2)
    let second = server.with {
      $0.port = 4
      $0.version = "Fulcrum 2.1.1"
      $0.key = nil
    }
    #expect(MadeResolution([server, second, silent]).servers.count == 3, "whose of the two?")
    let foreign = silent.with { $0.key = "other" }
    let contradicted = MadeResolution([server, foreign, websocket])
    #expect(contradicted.servers.map(\.count).sorted() == [1, 2])
    #expect(contradicted.rules.sorted() == ["resolution.silent-port", "veto.other-key"])
    let keyless = server.with { $0.key = nil }
    #expect(MadeResolution([keyless, foreign]).servers.count == 1, "nothing contradicts it")
  }

  @Test func `a silent endpoint that one key puts at two servers' addresses joins neither (S8)`() {
    let silent = MadeEndpoint("198.18.0.1", 9).with {
      $0.version = nil
      $0.key = "k"
      $0.names = ["n.example"]
    }
    let servers = ["198.18.0.1", "198.18.0.2"].map { MadeEndpoint($0, 1) }
    let found = MadeResolution(servers + [silent, silent.with { $0.address = "198.18.0.2" }])
    #expect(found.servers.map(\.count).sorted() == [1, 1, 2])
  }

  @Test func `two at one address that tell no features are one if nothing tells them apart`() {
    let one = MadeEndpoint("198.18.0.1", 1).with { $0.shapes = MadeEndpoint.usual }
    let other = one.with { $0.port = 2 }
    #expect(MadeResolution([one, other]).rules == ["resolution.same-address-behaviour"])
    let changes: [(inout MadeEndpoint) -> Void] = [
      { $0.features = "f" }, { $0.shapes["server.ping"] = "x" }, { $0.shapes["server.ping"] = nil },
      { $0.version = "ElectrumX 1.19.0" }, { $0.address = "198.18.0.2" },
    ]
    for change in changes { #expect(MadeResolution([one, other.with(change)]).servers.count == 2) }
  }
}
