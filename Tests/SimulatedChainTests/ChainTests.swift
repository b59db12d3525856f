import Digests
import ElectrumProtocol
import SimulatedChain
import Testing

struct ChainTests {
  static let chain = SimulatedChain(seed: 1, height: 400, tipTime: 1_780_000_000)

  @Test(arguments: BitcoinNetwork.allCases) func `block zero is the networks own`(
    _ network: BitcoinNetwork
  ) {
    let header = GenesisBlock.header(network)
    #expect(header.hashText == network.genesisHash)
    #expect(header.hasProofOfWork)
  }

  @Test func `every header follows the one before and has its work`() {
    let blocks = Self.chain.blocks
    #expect(blocks.count == 401)
    for height in 1..<blocks.count {
      #expect(blocks[height].header.previousHash == blocks[height - 1].header.hash)
      #expect(blocks[height].header.hasProofOfWork)
      #expect(blocks[height].header.time > blocks[height - 1].header.time)
    }
    #expect(blocks[400].header.time == 1_780_000_000)
  }

  @Test func `mainnets genesis block can stand below`() {
    let chain = SimulatedChain(seed: 1, height: 3, tipTime: 1_780_000_000, network: .mainnet)
    #expect(chain.blocks[0].header.hashText == BitcoinNetwork.mainnet.genesisHash)
    #expect(chain.blocks[1].header.previousHash == chain.blocks[0].header.hash)
  }

  @Test func `every header states the root of its transactions`() {
    for block in Self.chain.blocks.dropFirst() {
      #expect(block.header.merkleRoot == MerkleTree.root(block.transactions.map(\.identifier)))
    }
  }

  @Test func `coinbases commit to the witnesses of their block`() throws {
    var committed = 0
    for block in Self.chain.blocks.dropFirst()
    where block.transactions.contains(where: \.hasWitness) {
      let zero = [UInt8](repeating: 0, count: 32)
      let root = MerkleTree.root([zero] + block.transactions.dropFirst().map(\.witnessIdentifier))
      let commitment = try #require(block.transactions[0].outputs.last)
      #expect(commitment.scriptPubKey.suffix(32) == SHA256.doubleDigest(root + zero)[...])
      committed += 1
    }
    #expect(committed > 50)
  }

  /// Every input spends an output made before it, of a coinbase only when mature, and no
  /// transaction pays more than it has.
  @Test func `every payment spends what exists and no more`() throws {
    var unspent: [SimulatedTransaction.Outpoint: (value: Int64, from: Int?)] = [:]
    for (height, block) in Self.chain.blocks.enumerated() {
      for (position, transaction) in block.transactions.enumerated() {
        var gained: Int64 = 0
        for input in transaction.inputs {
          let made = unspent.removeValue(forKey: input)
          let coin = try #require(made)
          if let from = coin.from { #expect(height - from >= 100) }
          gained += coin.value
        }
        let paid = transaction.outputs.reduce(0) { $0 + $1.value }
        if position > 0 { #expect(paid < gained) }
        for (index, output) in transaction.outputs.enumerated() {
          let outpoint = SimulatedTransaction.Outpoint(
            transaction: transaction.identifier, index: index)
          unspent[outpoint] = (output.value, position == 0 ? height : nil)
        }
      }
    }
  }

  @Test(arguments: SizedScript.all) func `sized scripts have their size`(_ script: SizedScript) {
    let history = Self.chain.ledgers[script.scripthash]?.history(upTo: 400) ?? []
    #expect(history.count == script.transactions)
    #expect(Set(history.map(\.transaction)).count == script.transactions)
  }

  @Test func `every kind of output is paid and spent`() {
    let kinds = Set(
      Self.chain.blocks.flatMap(\.transactions).flatMap { transaction in
        transaction.outputs.compactMap { ScriptKind($0.scriptPubKey) }
      })
    #expect(kinds == Set(ScriptKind.allCases))
  }

  @Test func `the same seed gives the same bytes and another others`() {
    let again = SimulatedChain(seed: 1, height: 400, tipTime: 1_780_000_000)
    #expect(again.blocks.map(\.hash) == Self.chain.blocks.map(\.hash))
    let other = SimulatedChain(seed: 2, height: 400, tipTime: 1_780_000_000)
    #expect(other.blocks[200].hash != Self.chain.blocks[200].hash)
  }

  @Test func `a longer chain begins with the shorter`() {
    let longer = SimulatedChain(seed: 1, height: 436, tipTime: 1_780_000_000 + 36 * 600)
    #expect(longer.blocks[0...399].map(\.hash) == Self.chain.blocks[0...399].map(\.hash))
  }

  @Test func `a branch shares its past and nothing else`() {
    let branch = Self.chain.branched(.init(height: 380, salt: 5))
    #expect(branch.blocks[0...380].map(\.hash) == Self.chain.blocks[0...380].map(\.hash))
    for height in 381...400 {
      #expect(branch.blocks[height].hash != Self.chain.blocks[height].hash)
      #expect(branch.blocks[height].header.previousHash == branch.blocks[height - 1].header.hash)
      #expect(branch.blocks[height].header.hasProofOfWork)
    }
    let sibling = Self.chain.branched(.init(height: 380, salt: 6))
    #expect(sibling.blocks[381].hash != branch.blocks[381].hash)
  }
}
