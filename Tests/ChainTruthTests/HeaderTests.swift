import ChainTruth
import ElectrumProtocol
import Testing

struct HeaderTests {
  private let facts = (
    genesis: HeaderFacts(KnownChain.genesis), block1: HeaderFacts(KnownChain.block1),
    block100000: HeaderFacts(KnownChain.block100000)
  )

  @Test func `the known headers of mainnet have their hashes, their work and their links`() {
    #expect(KnownChain.genesis.hashText == KnownChain.genesisHash)
    #expect(KnownChain.block1.hashText == KnownChain.block1Hash)
    #expect(KnownChain.block100000.hashText == KnownChain.block100000Hash)
    let headers = [0: facts.genesis, 1: facts.block1]
    let reference = ReferenceHeaders(headers, network: .mainnet)
    #expect(reference.work(of: facts.genesis, at: 0) == .done)
    #expect(reference.work(of: facts.block1, at: 1) == .done)
    #expect(HeaderLinkage.firstBreak(in: headers, upTo: 10) == nil)
  }

  @Test func `a header with bits easier than the chain's has no work, whatever its own are`() {
    // Header 1 would have work enough for the first period; at height 100,001 the chain's bits count.
    let reference = ReferenceHeaders([100_000: facts.block100000], network: .mainnet)
    #expect(reference.work(of: facts.block1, at: 100_001) == .missing)
    #expect(facts.block1.hasProofOfWork)
    #expect(reference.work(of: facts.block100000, at: 100_000) == .done)
    // In a period of which no header is known, nothing can be said of a header with work of its own.
    #expect(reference.work(of: facts.block1, at: 4000) == .unknown)
  }

  @Test func `a header that misses its own target has none on any network, known bits or not`() {
    let idle = KnownChain.header(
      previous: KnownChain.genesisHash, root: KnownChain.block1Coinbase, time: 1_231_469_665,
      bits: 0x1D00_FFFF, nonce: 1)
    for network in BitcoinNetwork.allCases {
      let reference = ReferenceHeaders([:], network: network)
      #expect(reference.work(of: HeaderFacts(idle), at: 5000) == .missing)
    }
    #expect(ReferenceHeaders([:], network: nil).work(of: HeaderFacts(idle), at: 5000) == .unknown)
  }

  @Test func `where blocks of minimum difficulty are allowed, bits of other blocks say nothing`() {
    for network in [BitcoinNetwork.testnet3, .testnet4, .regtest] {
      let reference = ReferenceHeaders([100_000: facts.block100000], network: network)
      #expect(reference.work(of: facts.block1, at: 100_001) == .done)
    }
  }

  @Test func `headers of one period that disagree leave the period's bits unknown`() {
    let reference = ReferenceHeaders(
      [100_000: facts.block100000, 100_001: facts.block1], network: .mainnet)
    #expect(reference.bits(at: 100_002) == nil)
    #expect(reference.bits(at: 100_000) == 0x1B04_864C)
    #expect(reference.bits(at: -1) == nil)
    // Block 0 of a simulated chain has the named network's bits, and those after it others.
    let simulated = ReferenceHeaders(
      [0: facts.genesis, 3: facts.block100000], network: .mainnet)
    #expect(simulated.bits(at: 5) == 0x1B04_864C)
  }

  @Test func `work of 2010 can be done to deceive, and work of today cannot`() {
    let reference = ReferenceHeaders([100_000: facts.block100000], network: .mainnet)
    #expect(!reference.isCostly(facts.block100000, at: 100_000))
  }

  @Test func `headers of one server that do not link are a break, but not near its tip`() {
    let headers = [7: facts.block1, 8: facts.block100000]
    #expect(HeaderLinkage.firstBreak(in: headers, upTo: 8) == 8)
    #expect(HeaderLinkage.firstBreak(in: headers, upTo: 7) == nil)
    #expect(HeaderLinkage.firstBreak(in: [7: facts.block1], upTo: 9) == nil)
  }
}
