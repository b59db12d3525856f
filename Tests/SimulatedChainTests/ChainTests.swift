import ElectrumProtocol
import Testing

@testable import SimulatedChain

@Suite struct ChainTests {
  private static let chain = SimulatedChain(seed: 1, height: 200, tipTime: 1_780_000_000)

  @Test func everyHeaderFollowsTheOneBeforeAndHasItsWork() {
    let blocks = Self.chain.blocks
    #expect(blocks.count == 201)
    for height in 1..<blocks.count {
      #expect(blocks[height].header.previousHash == blocks[height - 1].header.hash)
      #expect(blocks[height].header.hasProofOfWork)
    }
  }

  @Test func everyHeaderStatesTheRootOfItsTransactions() {
    for block in Self.chain.blocks.dropFirst() {
      #expect(block.header.merkleRoot == MerkleTree.root(block.transactions.map(\.identifier)))
    }
  }
}
