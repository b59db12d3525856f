package import ElectrumProtocol
internal import Statistics

/// One block chain from regtest's genesis block: true linkage, merkle roots and proof of work at
/// regtest's difficulty, with transactions of the probed test scripts. The same seed gives the
/// same bytes.
package final class SimulatedChain: Sendable {
  package struct Block: Sendable {
    package let header: BlockHeader
    package let transactions: [SimulatedTransaction]
  }

  package struct Location: Sendable {
    package let height: Int
    package let position: Int

    package init(height: Int, position: Int) {
      self.height = height
      self.position = position
    }
  }

  package let blocks: [Block]
  package let ledgers: [Scripthash: ScriptLedger]
  /// Where a transaction is, by its id as printed.
  package let locations: [String: Location]

  /// Compact target of regtest: any hash with a clear top bit.
  package static let bits: UInt32 = 0x207F_FFFF

  /// - Parameters:
  ///   - height: height of the last block.
  ///   - tipTime: time of the last block, seconds since 1970; blocks are about ten minutes apart.
  package init(seed: UInt64, height: Int, tipTime: UInt32) {
    var builder = ChainBuilder(seed: seed, height: height, tipTime: tipTime)
    builder.build()
    blocks = builder.blocks
    ledgers = builder.ledgers
    locations = builder.locations
  }

  package func transaction(_ text: String) -> SimulatedTransaction? {
    guard let place = locations[text] else { return nil }
    return blocks[place.height].transactions[place.position]
  }
}

/// Mines and books block after block.
struct ChainBuilder {
  private(set) var blocks: [SimulatedChain.Block] = []
  private(set) var ledgers: [Scripthash: ScriptLedger] = [:]
  private(set) var locations: [String: SimulatedChain.Location] = [:]
  private var random: Xoshiro256StarStar
  private var coins: [SimulatedTransaction.Outpoint: (hash: Scripthash, coin: Int)] = [:]
  private var spendable: [(outpoint: SimulatedTransaction.Outpoint, value: Int64)] = []
  private let scripts: [[UInt8]]
  private let height: Int
  private let tipTime: UInt32

  private static let secondsPerBlock = 600
  private static let subsidy: Int64 = 50_0000_0000
  private static let fee: Int64 = 1_000
  private static let maturity = 100

  init(seed: UInt64, height: Int, tipTime: UInt32) {
    random = Xoshiro256StarStar(seed: seed)
    self.height = height
    self.tipTime = tipTime
    // A fourth script, so that not every block touches a probed one.
    let other: [UInt8] = [0xA9, 0x14] + (0..<20).map { UInt8($0) } + [0x87]
    scripts = TestScript.probed.map(\.scriptPubKey) + [other]
  }

  mutating func build() {
    appendGenesis()
    guard height > 0 else { return }
    for height in 1...height { append(at: height) }
  }

  private mutating func appendGenesis() {
    let root = Hex.bytes("3ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a") ?? []
    let header = BlockHeader(
      version: 1, previousHash: [UInt8](repeating: 0, count: 32), merkleRoot: root,
      time: 1_296_688_602, bits: SimulatedChain.bits, nonce: 2)
    blocks.append(.init(header: header, transactions: []))
  }

  private mutating func append(at height: Int) {
    var transactions = [coinbase(at: height)]
    if height > Self.maturity, random.nextIndex(below: 3) == 0 {
      transactions.append(spend(at: height))
    }
    let header = mine(
      previous: blocks[height - 1].header.hash,
      root: MerkleTree.root(transactions.map(\.identifier)), time: time(of: height))
    for (position, transaction) in transactions.enumerated() {
      book(transaction, height: height, position: position)
    }
    blocks.append(.init(header: header, transactions: transactions))
  }

  /// Ten minutes a block, never earlier than the block before.
  private mutating func time(of height: Int) -> UInt32 {
    let behind = (self.height - height) * Self.secondsPerBlock
    return UInt32(max(1_296_688_603 + height, Int(tipTime) - behind))
  }

  private mutating func coinbase(at height: Int) -> SimulatedTransaction {
    let script = scripts[random.nextIndex(below: scripts.count)]
    return SimulatedTransaction(
      inputs: [], height: height, outputs: [.init(value: Self.subsidy, scriptPubKey: script)])
  }

  /// One mature coin to two scripts.
  private mutating func spend(at height: Int) -> SimulatedTransaction {
    let coin = spendable.removeFirst()
    let total = coin.value - Self.fee
    let part = total / Int64(2 + random.nextIndex(below: 8))
    let first = random.nextIndex(below: scripts.count)
    let second = random.nextIndex(below: scripts.count)
    return SimulatedTransaction(
      inputs: [coin.outpoint], height: height,
      outputs: [
        .init(value: part, scriptPubKey: scripts[first]),
        .init(value: total - part, scriptPubKey: scripts[second]),
      ])
  }

  private func mine(previous: [UInt8], root: [UInt8], time: UInt32) -> BlockHeader {
    var nonce: UInt32 = 0
    while true {
      let header = BlockHeader(
        version: 0x2000_0000, previousHash: previous, merkleRoot: root, time: time,
        bits: SimulatedChain.bits, nonce: nonce)
      if header.hasProofOfWork { return header }
      nonce += 1
    }
  }

  private mutating func book(_ transaction: SimulatedTransaction, height: Int, position: Int) {
    locations[transaction.text] = .init(height: height, position: position)
    var touched: [Scripthash] = []
    for input in transaction.inputs {
      guard let spent = coins.removeValue(forKey: input) else { continue }
      ledgers[spent.hash]?.coins[spent.coin].spent = height
      touched.append(spent.hash)
    }
    for (index, output) in transaction.outputs.enumerated() {
      let hash = Scripthash(scriptPubKey: output.scriptPubKey)
      let outpoint = SimulatedTransaction.Outpoint(
        transaction: transaction.identifier, index: index)
      coins[outpoint] = (hash, ledgers[hash]?.coins.count ?? 0)
      ledgers[hash, default: ScriptLedger()].coins.append(
        .init(
          created: height, spent: nil, transaction: transaction.text, index: index,
          value: output.value))
      if transaction.inputs.isEmpty { spendable.append((outpoint, output.value)) }
      touched.append(hash)
    }
    for hash in Set(touched) {
      ledgers[hash, default: ScriptLedger()].entries.append(
        .init(height: height, transaction: transaction.text))
    }
  }
}
