import ElectrumProtocol
import Testing

/// Chains that share a genesis block are told apart by the headers behind their splits.
struct ChainSplitTests {
  private static let own = Dictionary(
    uniqueKeysWithValues: BitcoinNetwork.mainnet.splits.map { ($0.height, $0.hash) })
  private static let other = String(repeating: "0", count: 60) + "beef"

  @Test func `both headers of the main network are those of mainnet`() {
    #expect(BitcoinNetwork.mainnet.chain(byHeaders: Self.own) == "mainnet")
  }

  @Test func `another header behind the first split is that of Bitcoin Cash, whatever comes later`()
  {
    for later in [Self.own[491_903], Self.other, nil] {
      let told = [479_807: Self.other, 491_903: later].compactMapValues { $0 }
      #expect(BitcoinNetwork.mainnet.chain(byHeaders: told) == "bitcoin-cash")
    }
  }

  @Test func `another header behind the second split alone is that of Bitcoin Gold`() {
    var told = Self.own
    told[491_903] = Self.other
    #expect(BitcoinNetwork.mainnet.chain(byHeaders: told) == "bitcoin-gold")
  }

  @Test func `where a header is missing that would tell, nothing is told`() {
    var told = Self.own
    told[491_903] = nil
    #expect(BitcoinNetwork.mainnet.chain(byHeaders: told) == nil)
    #expect(BitcoinNetwork.mainnet.chain(byHeaders: [491_903: Self.other]) == nil)
    #expect(BitcoinNetwork.testnet3.chain(byHeaders: Self.own) == nil)
  }
}
