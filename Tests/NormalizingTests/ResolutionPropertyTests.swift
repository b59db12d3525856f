import Records
import Testing

@testable import Normalizing

/// What holds of server resolution whatever the network.
struct ResolutionPropertyTests {
  @Test func `few pairs a block give what all pairs give`() {
    var joined = 0
    var vetoed = 0
    for seed in 0..<1_500 {
      let evidence = SeededNetwork.evidence(seed: UInt64(seed))
      let resolver = ServerResolver(evidence)
      let found = resolver.servers().map { $0.map(\.id) }
      #expect(found == NaiveResolution(evidence).servers(), "seed \(seed)")
      joined += resolver.steps().count { $0.decision == .merged && $0.endpointA != $0.endpointB }
      vetoed += resolver.steps().count { $0.decision == .vetoed }
    }
    #expect(joined > 1_200 && vetoed > 600, "\(joined) \(vetoed): a test that meets its cases")
  }

  @Test func `every rule is met by some seeded network`() {
    var met: Set<String> = []
    for seed in 0..<1_500 {
      met.formUnion(
        ServerResolver(SeededNetwork.evidence(seed: UInt64(seed))).steps().map(\.rule))
    }
    #expect(met == Set(ResolutionRule.all.map(\.id.text)))
  }

  @Test func `the order of the input decides nothing`() {
    for seed in 0..<300 {
      var evidence = SeededNetwork.evidence(seed: UInt64(seed))
      let first = ServerResolver(evidence)
      var draws = SeededDraws(UInt64(seed))
      evidence.endpoints.shuffle(using: &draws)
      let second = ServerResolver(evidence)
      #expect(first.steps() == second.steps())
      #expect(first.servers().map { $0.map(\.id) } == second.servers().map { $0.map(\.id) })
    }
  }

  @Test func `the joins of the audit are the servers, one row for each that changed something`() {
    for seed in 0..<300 {
      let evidence = SeededNetwork.evidence(seed: UInt64(seed))
      let resolver = ServerResolver(evidence)
      let joins = resolver.steps().filter { $0.decision == .merged && $0.endpointA != $0.endpointB }
      #expect(joins.count == evidence.endpoints.count - resolver.servers().count)
      let serverOf = resolver.servers().enumerated().reduce(into: [String: Int]()) { found, one in
        for endpoint in one.element { found[endpoint.id] = one.offset }
      }
      #expect(joins.allSatisfy { serverOf[$0.endpointA] == serverOf[$0.endpointB] })
      let claims = resolver.steps().filter {
        ["claim.one-sided", "claim.mutual"].contains($0.rule)
      }
      #expect(claims.allSatisfy { serverOf[$0.endpointA] != serverOf[$0.endpointB] })
    }
  }

  @Test func `a server that claims everybody changes nobody who answered`() {
    func answered(_ evidence: ResolutionEvidence) -> [[String]] {
      ServerResolver(evidence).servers().filter { $0.contains(where: \.isAnswered) }
        .map { $0.map(\.id) }
    }
    for seed in 0..<1_000 {
      var evidence = SeededNetwork.evidence(seed: UInt64(seed))
      let before = answered(evidence)
      let places = evidence.endpoints.map { ($0.draft.address, [$0.draft.port]) }
      let stranger = MadeEndpoint("198.18.66.6", 6).with {
        $0.hosts = places + ["a.example", "b.example", "c.example"].map { ($0, [1, 2, 3, 4, 5]) }
        $0.features = "f"
        $0.tips = [TipSighting(time: 10_000, height: 100, hash: "hash 100")]
        $0.shapes = MadeEndpoint.usual
      }.evidence
      for one in evidence.endpoints {
        for other in evidence.endpoints where one.draft.address == other.draft.address {
          evidence.listed.add(one.id, other.id, source: stranger.id, isList: false)
        }
      }
      evidence.endpoints.append(stranger)
      #expect(answered(evidence).filter { $0 != [stranger.id] } == before, "seed \(seed)")
    }
  }

  @Test func `what is repeated changes nothing`() {
    var pairs = 0
    for seed in 0..<100 {
      var evidence = SeededNetwork.evidence(seed: UInt64(seed))
      let before = ServerResolver(evidence).steps()
      for pair in evidence.listed.witnesses.keys {
        evidence.listed.add(pair.first, pair.second, source: "x", isList: false)
        evidence.listed.add(pair.second, pair.first, source: "y", isList: false)
        pairs += 1
      }
      #expect(ServerResolver(evidence).steps() == before)
    }
    #expect(pairs > 30)
  }
}

/// Blocks that somebody made as large as could be.
@Suite(.timeLimit(.minutes(2))) struct HostileBlockTests {
  private static let count = 5_000

  private func resolved(_ change: (Int, inout MadeEndpoint) -> Void) -> ServerResolver {
    let endpoints = (0..<Self.count).map { number in
      MadeEndpoint("198.\(18 + number / 65_536).\(number / 256 % 256).\(number % 256)").with {
        change(number, &$0)
      }.evidence
    }
    let resolver = ServerResolver(ResolutionEvidence(endpoints: endpoints))
    // So many vetoes and so many claims.
    #expect(resolver.steps().count <= (2 * ServerResolver.refusalLimit + 1) * Self.count)
    return resolver
  }

  @Test func `thousands that one key and one name share are one server, in one row each`() {
    let resolver = resolved {
      $1.key = "k"
      $1.names = ["n.example"]
    }
    #expect(resolver.servers().count == 1)
    #expect(resolver.steps().count == Self.count - 1)
  }

  @Test func `thousands of two kinds behind one key are two servers`() {
    let resolver = resolved {
      $1.key = "k"
      $1.names = ["n.example"]
      $1.genesis = $0 % 2 == 0 ? "00" : "11"
    }
    #expect(resolver.servers().map(\.count) == [Self.count / 2, Self.count / 2])
  }

  @Test func `thousands that all contradict each other are given up one by one`() {
    let resolver = resolved {
      $1.key = "k"
      $1.names = ["n.example"]
      $1.genesis = "\($0)"
      $1.hosts = [("n.example", [50001])]
    }
    #expect(resolver.servers().count == Self.count)
  }

  @Test func `thousands that claim one name, of which all are, name each other and stay apart`() {
    let resolver = resolved {
      $1.names = ["n.example"]
      $1.hosts = [("n.example", [50001]), ("m.example", [50001])]
    }
    #expect(resolver.servers().count == Self.count)
  }

  @Test func `thousands of two families that claim one name stay apart`() {
    let resolver = resolved {
      if $0 % 2 == 0 { $1.address = "2001:db8::\(String($0, radix: 16))" }
      $1.names = ["n.example"]
      $1.hosts = [("n.example", [50001])]
      $1.tips = [TipSighting(time: 10_000, height: 100)]
    }
    #expect(resolver.servers().count == Self.count)
  }

  @Test func `thousands of ports that never answered belong to the one server at their address`() {
    let resolver = resolved {
      $1.address = "198.18.0.1"
      $1.port = 1_000 + $0
      if $0 > 0 { $1.version = nil }
    }
    #expect(resolver.servers().count == 1)
  }

  @Test func `thousands of ports of one address are one server where their tips agree`() {
    let resolver = resolved {
      $1.address = "198.18.0.1"
      $1.port = 1_000 + $0
      $1.features = "f"
      $1.tips = [TipSighting(time: 10_000 + $0 / 20, height: 100 + $0 / 2_500)]
    }
    #expect(resolver.servers().count == 1)
  }

  @Test func `thousands whose heights are far apart without a veto are compared in time`() {
    let resolver = resolved {
      $1.key = "k"
      $1.names = ["n.example"]
      $1.tips = [TipSighting(time: 10_000, height: 1_000 * $0)]
    }
    #expect(resolver.servers().count == 1)
  }
}
