import Records
import Testing

@testable import Normalizing

/// Rules S1–S7 and vetoes V1–V4, each by the least evidence that it needs.
struct ResolutionRuleTests {
  private let victim = MadeEndpoint("198.18.0.1", 50002).with {
    $0.key = "k"
    $0.names = ["n.example"]
  }

  @Test func `several verified names of one endpoint are noted and join nothing (S1)`() {
    let named = MadeEndpoint("198.18.0.1").with { $0.names = ["b.example", "a.example"] }
    let found = MadeResolution([named])
    #expect(found.rules == ["resolution.several-names"])
    #expect(found.steps[0].endpointA == found.steps[0].endpointB)
    #expect(found.steps[0].evidence == "2 names: a.example b.example")
  }

  @Test func `one key at one address, or at the addresses of one name, is one server (S2)`() {
    let port = victim.with { $0.port = 443 }
    let replica = victim.with { $0.address = "198.18.7.7" }
    let dual = victim.with { $0.address = "2001:db8::1" }
    let stranger = victim.with {
      $0.address = "198.18.9.9"
      $0.names = ["other.example"]
    }
    let found = MadeResolution([victim, port, replica, dual, stranger])
    #expect(found.servers.map(\.count).sorted() == [1, 4])
    #expect(found.rules == Array(repeating: "resolution.same-key", count: 3))
  }

  @Test func `a name counts where a look-up led it, not where a stranger lists it`() {
    var listed = victim.with { $0.address = "198.18.7.7" }.evidence
    let draft = listed.draft
    draft.verifiedNames = []
    listed = EndpointEvidence(draft: draft, spki: "k", autonomousSystem: nil)
    let resolver = ServerResolver(ResolutionEvidence(endpoints: [victim.evidence, listed]))
    #expect(resolver.servers().count == 2)
  }

  @Test func `another software on the key's second address is another server`() {
    let fulcrum = victim.with {
      $0.address = "198.18.7.7"
      $0.version = "Fulcrum 2.1.1"
    }
    // Two implementations: the key is a copied one at that.
    #expect(MadeResolution([victim, fulcrum]).rules == ["veto.copied-key"])
    let upgraded = victim.with {
      $0.address = "198.18.7.7"
      $0.version = "ElectrumX 1.19.0"
    }
    #expect(MadeResolution([victim, upgraded]).servers.count == 1, "a pool is upgraded in turns")
  }

  @Test func `a key that is pinned, or in five networks, proves nothing (V1)`() {
    let twin = victim.with { $0.address = "198.18.7.7" }
    #expect(MadeResolution([victim, twin], copiedKeys: ["k"]).rules == ["veto.copied-key"])
    let spread = (1...5).map { number in
      victim.with {
        $0.address = "198.18.0.\(number)"
        $0.system = number
      }
    }
    #expect(MadeResolution(spread).servers.count == 5)
    #expect(Set(MadeResolution(spread).rules) == ["veto.copied-key"])
    #expect(MadeResolution(Array(spread.prefix(4))).servers.count == 1)
  }

  @Test func `who takes another's session ticket is the same server (S5)`() {
    let issuer = MadeEndpoint("198.18.0.1")
    let resumer = MadeEndpoint("198.18.0.2")
    let found = MadeResolution([issuer, resumer], resumptions: [(1, 0), (0, 1)])
    #expect(found.servers.count == 1)
    #expect(found.rules == ["resolution.resumed-ticket"])
    let other = resumer.with { $0.genesis = "11" }
    let apart = MadeResolution(
      [issuer.with { $0.genesis = "00" }, other], resumptions: [(0, 1)])
    #expect(apart.rules == ["veto.other-genesis"])
  }

  @Test func `the nameless twins of one dual-stack host are one server, where they are sure (S6)`()
  {
    let four = MadeEndpoint("198.18.0.1").with {
      $0.key = "k"
      $0.system = 64_500
      $0.shapes = MadeEndpoint.usual
    }
    let six = four.with { $0.address = "2001:db8::1" }
    let found = MadeResolution([four, six])
    #expect(found.servers.count == 1)
    #expect(found.rules == ["resolution.dual-stack-twin"])
    let third = four.with { $0.address = "198.18.0.2" }
    #expect(MadeResolution([four, six, third]).servers.count == 3, "which two are twins?")
    for change: (inout MadeEndpoint) -> Void in [
      { $0.system = 64_501 }, { $0.system = nil }, { $0.names = ["n.example"] },
      { $0.version = nil }, { $0.shapes["server.ping"] = "string" },
      { $0.shapes["server.ping"] = nil },
    ] {
      #expect(MadeResolution([four, six.with(change)]).servers.count == 2)
    }
    #expect(MadeResolution([four, six], copiedKeys: ["k"]).rules == ["veto.copied-key"])
  }

  /// Two families that name each other, each at its port 50001.
  private func twins(_ first: String, _ second: String) -> (MadeEndpoint, MadeEndpoint) {
    let made = [(first, second), (second, first)].map { own, other in
      MadeEndpoint(own).with {
        $0.hosts = [(own, [50001]), (other, [50001])]
        $0.tips = [TipSighting(time: 1_000, height: 100)]
      }
    }
    return (made[0], made[1])
  }

  @Test func `a key or a ticket joins no onion service with a clearnet server (S7)`() {
    let onion = MadeEndpoint("abc.onion", 50002).with { $0.key = "k" }
    #expect(MadeResolution([victim, onion]).servers.count == 2)
    #expect(MadeResolution([victim, onion]).rules.isEmpty)
    #expect(MadeResolution([victim, onion], resumptions: [(0, 1)]).servers.count == 2)
    let named = onion.with { $0.names = ["n.example"] }
    #expect(MadeResolution([victim, named]).servers.count == 2, "whatever name leads to both")
    let port = onion.with { $0.port = 50003 }
    #expect(
      MadeResolution([onion, port]).rules == ["resolution.same-key"], "its own ports it does")
  }

  @Test(arguments: [
    ("198.18.0.1", "abc.onion", "resolution.onion-twin"),
    ("2001:db8::1", "abc.onion", "resolution.onion-twin"),
    ("198.18.0.1", "2001:db8::1", "resolution.mutual-hosts"),
  ])
  func `two families that name each other, and nobody else there, are one server if alike (S3, S7)`(
    first: String, second: String, rule: String
  ) {
    let (one, other) = twins(first, second)
    #expect(MadeResolution([one, other]).rules == [rule])
    let near = other.with { $0.tips = [TipSighting(time: 90_000, height: 101)] }
    #expect(MadeResolution([one, near]).rules == [rule], "a block apart at most")
    let changes: [(inout MadeEndpoint) -> Void] = [
      { $0.version = "ElectrumX 1.19.0" }, { $0.version = "Fulcrum 2.1.1" },
      { $0.protocols = ("1.4", "1.6") }, { $0.protocols = nil }, { $0.tips = [] },
      { $0.tips = [TipSighting(time: 1_000, height: 102)] },
      { $0.hosts.append((first.contains(":") ? "2001:db8::9" : "198.18.9.9", [50001])) },
      { $0.hosts.append(("gone.example", [50001])) },
    ]
    for change in changes {
      let found = MadeResolution([one, other.with(change)])
      #expect(found.servers.count == 2)
      #expect(found.rules == ["claim.mutual"])
      #expect(found.steps[0].decision == .claimed)
    }
    let silent = other.with { $0.hosts = [] }
    #expect(MadeResolution([one, silent]).servers.count == 2)
  }

  @Test func `a dual-stack server and its onion service are one, two that share an onion are not`()
  {
    let places = ["198.18.0.1", "2001:db8::1", "abc.onion"]
    func made(_ own: String, _ named: [String]) -> MadeEndpoint {
      MadeEndpoint(own).with {
        $0.hosts = named.map { ($0, [50001]) }
        $0.tips = [TipSighting(time: 1_000, height: 100)]
      }
    }
    let one = MadeResolution(places.map { made($0, places) })
    #expect(one.servers.count == 1)
    #expect(one.rules.sorted() == ["resolution.mutual-hosts", "resolution.onion-twin"])
    let two = MadeResolution([
      made(places[0], [places[0], places[2]]), made(places[1], [places[1], places[2]]),
      made(places[2], places),
    ])
    #expect(two.servers.count == 3, "whose of the two?")
    #expect(two.rules == ["claim.mutual", "claim.mutual"])
  }

  @Test func `two of one family that name each other are two servers (S3)`() {
    let (one, other) = twins("198.18.0.1", "198.18.0.2")
    let found = MadeResolution([one, other])
    #expect(found.servers.count == 2)
    #expect(found.rules == ["claim.mutual"])
    #expect(found.steps[0].evidence == "198.18.0.1:50001 198.18.0.2:50001")
    let (onion, another) = twins("abc.onion", "def.onion")
    #expect(MadeResolution([onion, another]).rules == ["claim.mutual"])
    // A name of both changes nothing: round robin may lead to anybody.
    let named = [one, other].map { endpoint in
      endpoint.with {
        $0.names = ["n.example"]
        $0.hosts = [("n.example", [50001])]
      }
    }
    #expect(MadeResolution(named).rules == ["claim.mutual"])
  }

  @Test func `two ports of one address that name each other are one server (S3)`() {
    let one = MadeEndpoint("198.18.0.1", 1).with {
      $0.names = ["a.example"]
      $0.hosts = [("a.example", [1, 2])]
      $0.features = "f"
    }
    let other = one.with { $0.port = 2 }
    let stranger = MadeEndpoint("198.18.6.6", 6).with {
      $0.hosts = one.hosts
      $0.features = "g"
    }
    let found = MadeResolution([one, other, stranger])
    #expect(found.servers.map(\.count).sorted() == [1, 2])
    #expect(
      found.rules.sorted() == ["claim.one-sided", "claim.one-sided", "resolution.mutual-hosts"])
    // A claim on a name that no look-up led to the endpoint is a claim on somebody else.
    #expect(MadeResolution([one, other.with { $0.names = [] }]).servers.count == 2)
    let upgraded = MadeResolution([one, other.with { $0.version = "ElectrumX 1.19.0" }])
    #expect(upgraded.rules == ["veto.other-software"])
    #expect(upgraded.steps[0].evidence.hasSuffix("against resolution.mutual-hosts"))
  }

  @Test func `equal features at one address need agreeing tips (S4)`() {
    func port(_ number: Int, _ tips: TipSighting?...) -> MadeEndpoint {
      MadeEndpoint("198.18.0.1", number).with {
        $0.features = "f"
        $0.tips = tips
      }
    }
    let first = port(1, TipSighting(time: 1_000, height: 100, hash: "x"))
    let joined = [
      TipSighting(time: 1_060, height: 101), TipSighting(time: 940, height: 99),
      TipSighting(time: 90_000, height: 100, hash: "x"),
      TipSighting(time: nil, height: 7, hash: "x"),
    ]
    for tip in joined {
      #expect(MadeResolution([first, port(2, tip)]).rules == ["resolution.same-address-features"])
    }
    let apart = [
      TipSighting(time: 1_061, height: 100), TipSighting(time: 1_000, height: 102),
      TipSighting(time: nil, height: 100), nil,
    ]
    for tip in apart { #expect(MadeResolution([first, port(2, tip)]).servers.count == 2) }
    let other = port(2, TipSighting(time: 1_000, height: 100))
    let changes: [(inout MadeEndpoint) -> Void] = [
      { $0.features = "g" }, { $0.features = nil }, { $0.hosts = [("else.example", [9])] },
      { $0.version = "ElectrumX 1.19.0" }, { $0.address = "198.18.0.2" },
    ]
    for change in changes {
      #expect(MadeResolution([first, other.with(change)]).servers.count == 2)
    }
    // Its own address in the hosts differs by the port that was reached.
    let own = MadeResolution([
      first.with { $0.hosts = [("198.18.0.1", [1])] },
      other.with { $0.hosts = [("198.18.0.1", [2])] },
    ])
    #expect(own.servers.count == 1)
  }
}
