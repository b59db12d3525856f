internal import ElectrumProtocol
internal import Statistics

/// Mines and books block after block.
struct ChainBuilder {
  private(set) var blocks: [SimulatedChain.Block] = []
  private(set) var book = ChainBook()
  private(set) var announcements: [SimulatedChain.Announcement] = []
  private var planner: BlockPlanner
  private let plan: ChainPlan

  private static let secondsPerBlock = 600
  /// Blocks' times are up to this much off their ten minutes. Unit: seconds.
  private static let timeJitter = 500

  init(_ plan: ChainPlan) {
    self.plan = plan
    planner = BlockPlanner(plan)
  }

  mutating func build() {
    let genesis = GenesisBlock.header(plan.network)
    blocks.append(.init(header: genesis, hash: genesis.hash, transactions: []))
    blocks.reserveCapacity(plan.height + 1)
    for height in stride(from: 1, through: plan.height, by: 1) {
      append(at: height)
    }
    // What the next blocks will take is heard of already.
    for height in plan.height + 1...plan.height + BlockPlanner.longestWait {
      announce(planner.payments(at: height), height: height)
    }
    announcements += planner.neverMined
  }

  private mutating func append(at height: Int) {
    let planned = planner.payments(at: height)
    announce(planned, height: height)
    let payments = planned.map(\.transaction)
    let coinbase = planner.coinbase(at: height, witnessRoot: witnessRoot(payments))
    let transactions = [coinbase] + payments
    let header = mine(
      previous: blocks[height - 1].hash, root: MerkleTree.root(transactions.map(\.identifier)),
      time: time(of: height))
    for (position, transaction) in transactions.enumerated() {
      book.enter(transaction, height: height, position: position)
    }
    blocks.append(.init(header: header, hash: header.hash, transactions: transactions))
  }

  private mutating func announce(_ planned: [BlockPlanner.Planned], height: Int) {
    for payment in planned {
      guard let announced = payment.announced else { continue }
      announcements.append(
        .init(
          transaction: payment.transaction, fee: payment.fee, announced: announced, mined: height))
    }
  }

  /// Nil where no transaction has a witness: no commitment is needed then (BIP 141).
  private func witnessRoot(_ payments: [SimulatedTransaction]) -> [UInt8]? {
    guard payments.contains(where: \.hasWitness) else { return nil }
    let coinbase = [UInt8](repeating: 0, count: 32)
    return MerkleTree.root([coinbase] + payments.map(\.witnessIdentifier))
  }

  /// About ten minutes a block, always later than the block before.
  private func time(of height: Int) -> UInt32 {
    var random = SplitMix64(seed: planner.seed(of: height, purpose: 1))
    let behind = (plan.height - height) * Self.secondsPerBlock
    let early = height == plan.height ? 0 : random.nextIndex(below: Self.timeJitter)
    let genesis = Int(blocks[0].header.time)
    return UInt32(clamping: max(genesis + height, Int(plan.tipTime) - behind - early))
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
}
