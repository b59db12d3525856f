import ChainTruth
import ElectrumProtocol
import Testing

/// Chains are told apart before anything is judged.
struct ReferenceChainTests {
  private static let genesis = ChainHash(of: [0])

  /// Header of a chain by its height.
  private static func hash(_ height: Int, _ chain: String = "main") -> ChainHash {
    height == 0 ? genesis : ChainHash(of: Array("\(chain) \(height)".utf8))
  }

  /// What a server of a chain says that stands at a height: two headers and three subtrees.
  private static func claims(
    _ server: String, voter: String? = nil, tip: Int = 1000, chain: String = "main",
    forkedAt: Int = 0, stated: Int? = nil
  ) -> ChainClaims {
    func header(_ height: Int) -> ChainHash { hash(height, height > forkedAt ? chain : "main") }
    var claims = ChainClaims(server: server, voter: voter ?? server)
    let common = (tip - 6) / 100 * 100
    for height in [0, common - 100, common] {
      claims.commitments.insert(ChainCommitment(.header(height: height), header(height)))
    }
    for level in 0...8 {
      let name = 1 << (level + 1) - 1 > forkedAt ? chain : "main"
      claims.commitments.insert(
        ChainCommitment(.subtree(level: level), ChainHash(of: Array("\(name) s\(level)".utf8))))
    }
    claims.commitments.insert(ChainCommitment(.header(height: stated ?? tip), header(tip)))
    claims.tips = [
      .init(
        statedHeight: stated ?? tip, hash: header(tip), previous: header(tip - 1),
        time: UInt32(tip * 600))
    ]
    return claims
  }

  private func honest(_ count: Int, tip: Int = 1000) -> [ChainClaims] {
    (0..<count).map { Self.claims("h\($0)", tip: tip) }
  }

  @Test func `servers of one chain are on it, one block apart or stuck`() {
    let stuck = Self.claims("s", tip: 700)
    let servers = honest(5) + [Self.claims("ahead", tip: 1001), stuck]
    let chain = ReferenceChain(servers, genesis: Self.genesis)
    #expect(servers.allSatisfy { chain.standing(of: $0) == .onChain })
    #expect(chain.tipHeight == 1000)
    #expect(chain.tipTime == 600_000)
    // Nobody else was asked for its headers; what it proves is the last subtree that all have.
    #expect(chain.provenHeight(of: stuck) == 511)
  }

  @Test func `a server of another chain is counted apart, whatever its fork is`() {
    for fork in [0, 8, 100, 400] {
      let other = Self.claims("cash", tip: 1180, chain: "cash", forkedAt: fork)
      let chain = ReferenceChain(honest(5) + [other], genesis: Self.genesis)
      #expect(chain.standing(of: other) == .another)
      #expect(chain.tipHeight == 1000)
    }
  }

  @Test
  func `a few servers of another chain that nobody else was asked about do not make it the chain`()
  {
    // Their headers are told by nobody else: only the subtrees compare.
    let others = (0..<4).map {
      Self.claims("cash\($0)", tip: 5180, chain: "cash", forkedAt: 100)
    }
    let chain = ReferenceChain(honest(5) + others, genesis: Self.genesis)
    for other in others { #expect(chain.standing(of: other) == .another) }
    #expect(chain.tipHeight == 1000)
    #expect(honest(5).allSatisfy { chain.standing(of: $0) == .onChain })
  }

  @Test func `a commitment off the chain below an own tip on it is a contradiction`() {
    var liar = Self.claims("liar")
    liar.commitments.remove(ChainCommitment(.header(height: 900), Self.hash(900)))
    liar.commitments.insert(ChainCommitment(.header(height: 900), Self.hash(900, "false")))
    var first = Self.claims("first")
    first.commitments.remove(ChainCommitment(.header(height: 0), Self.genesis))
    first.commitments.insert(ChainCommitment(.header(height: 0), Self.hash(1, "false")))
    let chain = ReferenceChain(honest(5) + [liar, first], genesis: Self.genesis)
    #expect(chain.standing(of: liar) == .contradictsItself(.header(height: 900)))
    #expect(chain.standing(of: first) == .contradictsItself(.header(height: 0)))
    #expect(honest(5).allSatisfy { chain.standing(of: $0) == .onChain })
  }

  @Test func `headers near a tip may differ between honest servers`() {
    // One server has the other of two blocks at height 1000, and one stands still on such a block.
    var racing = Self.claims("race")
    racing.commitments = racing.commitments.filter { $0.subject != .header(height: 1000) }
    racing.commitments.insert(ChainCommitment(.header(height: 1000), Self.hash(1000, "orphan")))
    racing.tips = [
      .init(
        statedHeight: 1000, hash: Self.hash(1000, "orphan"), previous: Self.hash(999), time: 1)
    ]
    var stuck = Self.claims("stuck", tip: 906)
    stuck.commitments = stuck.commitments.filter { $0.subject != .header(height: 906) }
    stuck.commitments.insert(ChainCommitment(.header(height: 906), Self.hash(906, "orphan")))
    stuck.tips = [
      .init(statedHeight: 906, hash: Self.hash(906, "orphan"), previous: Self.hash(905), time: 1)
    ]
    let chain = ReferenceChain(honest(5) + [racing, stuck], genesis: Self.genesis)
    #expect(chain.standing(of: racing) == .onChain)
    #expect(chain.standing(of: stuck) == .onChain)
    #expect(chain.tipHeight == 1000)
  }

  @Test func `a stated height of ten blocks more moves nothing but the liar's own height`() {
    let liar = Self.claims("liar", tip: 1000, stated: 1010)
    let chain = ReferenceChain(honest(5) + [liar], genesis: Self.genesis)
    #expect(chain.tipHeight == 1000)
    #expect(chain.provenHeight(of: liar) == 1000)
    #expect(honest(5).allSatisfy { chain.standing(of: $0) == .onChain })
  }

  @Test func `servers with less than half of the votes that agree on another chain decide nothing`()
  {
    let fleet = (0..<20).map { Self.claims("f\($0)", voter: "fleet", chain: "false") }
    let four = (0..<4).map { Self.claims("x\($0)", chain: "false") }
    let chain = ReferenceChain(honest(6) + fleet + four, genesis: Self.genesis)
    for server in honest(6) { #expect(chain.standing(of: server) == .onChain) }
    for server in fleet + four { #expect(chain.standing(of: server) != .onChain) }
    // With half of the votes each nothing is decided, and nobody is accused.
    let tie = ReferenceChain(honest(4) + four, genesis: Self.genesis)
    for server in honest(4) + four { #expect(tie.standing(of: server) == .unknown) }
  }

  @Test func `who says nothing that compares is unknown`() {
    var bare = ChainClaims(server: "b", voter: "b")
    bare.tips = [.init(statedHeight: 5, hash: Self.hash(77), previous: Self.hash(76), time: 1)]
    let chain = ReferenceChain(honest(5) + [bare], genesis: Self.genesis)
    #expect(chain.standing(of: bare) == .unknown)
    #expect(chain.standing(of: ChainClaims(server: "n", voter: "n")) == .unknown)
    #expect(ReferenceChain([], genesis: nil).tipHeight == nil)
  }

  @Test func `the order of servers changes nothing`() {
    let servers = honest(5) + [Self.claims("a", tip: 1001), Self.claims("b", chain: "other")]
    let one = ReferenceChain(servers, genesis: Self.genesis)
    let other = ReferenceChain(servers.reversed(), genesis: Self.genesis)
    #expect(one.anchors == other.anchors && one.tipTime == other.tipTime)
  }
}
