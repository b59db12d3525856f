import Records
import Testing

@testable import Normalizing

/// Rules S1–S7 and vetoes V1–V4, each by the least evidence that it needs.
@Suite struct ResolutionRuleTests {
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

  @Test func `an onion service joins the one clearnet server that has its key (S7)`() {
    let onion = MadeEndpoint("abc.onion", 50002).with { $0.key = "k" }
    let found = MadeResolution([victim, onion])
    #expect(found.servers.count == 1)
    #expect(found.rules == ["resolution.onion-twin"])
    let other = victim.with {
      $0.address = "198.18.9.9"
      $0.names = []
    }
    #expect(MadeResolution([victim, onion, other]).rules == ["veto.ambiguous-key"])
  }

  @Test func `an onion service and a clearnet server that name each other are one (S7)`() {
    let clear = MadeEndpoint("198.18.0.1").with { $0.hosts = [("abc.onion", [50001])] }
    let onion = MadeEndpoint("abc.onion").with { $0.hosts = [("198.18.0.1", [50001])] }
    #expect(MadeResolution([clear, onion]).rules == ["resolution.onion-twin"])
    #expect(MadeResolution([clear, onion.with { $0.hosts = [] }]).servers.count == 2)
  }

  @Test func `two that name each other are one server, whoever else claims them (S3, V4)`() {
    let names = [("a.example", [1]), ("b.example", [2])]
    let first = MadeEndpoint("198.18.0.1", 1).with {
      $0.names = ["a.example"]
      $0.hosts = names
      $0.features = "f"
    }
    let second = first.with {
      $0.address = "198.18.0.2"
      $0.port = 2
      $0.names = ["b.example"]
    }
    let stranger = MadeEndpoint("198.18.6.6", 6).with {
      $0.hosts = names
      $0.features = "g"
    }
    let found = MadeResolution([first, second, stranger])
    #expect(found.servers.map(\.count).sorted() == [1, 2])
    #expect(
      found.rules.sorted() == ["claim.one-sided", "claim.one-sided", "resolution.mutual-hosts"])
    // A claim on a name that no look-up led to the endpoint is a claim on somebody else.
    let unverified = MadeResolution([first, second.with { $0.names = [] }])
    #expect(unverified.servers.count == 2)
  }

  @Test func `other versions do not name each other as one server`() {
    let first = MadeEndpoint("198.18.0.1", 1).with { $0.hosts = [("198.18.0.2", [2])] }
    let second = MadeEndpoint("198.18.0.2", 2).with {
      $0.hosts = [("198.18.0.1", [1])]
      $0.version = "ElectrumX 1.19.0"
    }
    let found = MadeResolution([first, second])
    #expect(found.rules == ["veto.other-software"])
    #expect(found.steps[0].evidence.hasSuffix("against resolution.mutual-hosts"))
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
