package import ElectrumProtocol

/// One block chain: true linkage and merkle roots over a network's genesis block, with work at
/// regtest's difficulty whatever the network (nobody could do mainnet's), and transactions of the
/// probed test scripts, of the sized scripts, of a planted wallet and of the chain's own people.
/// The subsidy stays at 50 BTC. The same plan gives the same bytes.
package final class SimulatedChain: Sendable {
  package struct Block: Sendable {
    package let header: BlockHeader
    /// Of the header, in internal byte order.
    package let hash: [UInt8]
    /// Empty for block 0, whose coinbase cannot be spent.
    package let transactions: [SimulatedTransaction]
  }

  package struct Location: Sendable, Equatable {
    package let height: Int
    package let position: Int

    package init(height: Int, position: Int) {
      self.height = height
      self.position = position
    }
  }

  /// A transaction that nodes hear of before it is in a block.
  package struct Announcement: Sendable {
    package let transaction: SimulatedTransaction
    /// Satoshis.
    package let fee: Int64
    /// Height of the tip with which it is first heard of.
    package let announced: Int
    /// Height of the block that takes it; nil: none ever does.
    package let mined: Int?
  }

  /// Where an output was spent.
  package struct Spend: Sendable {
    package let height: Int
    /// The spender's id as printed.
    package let transaction: String
  }

  package let plan: ChainPlan
  package let blocks: [Block]
  package let ledgers: [Scripthash: ScriptLedger]
  /// Where a transaction is, by its id as printed.
  package let locations: [String: Location]
  /// In blocks, for every height.
  package let spends: [SimulatedTransaction.Outpoint: Spend]
  /// By the height of the block that takes them, those that none takes last.
  package let announcements: [Announcement]

  /// Compact target of regtest: any hash with a clear top bit.
  package static let bits: UInt32 = 0x207F_FFFF

  package convenience init(
    seed: UInt64, height: Int, tipTime: UInt32, network: BitcoinNetwork = .regtest,
    payments: [PlantedPayment] = []
  ) {
    self.init(
      ChainPlan(
        seed: seed, height: height, tipTime: tipTime, network: network, payments: payments))
  }

  /// - Parameter main: the chain that a branch leaves, whose blocks it then shares.
  package init(_ plan: ChainPlan, sharing main: SimulatedChain? = nil) {
    self.plan = plan
    var builder = ChainBuilder(plan)
    builder.build()
    if let main, let branch = plan.branch {
      let shared = min(branch.height, plan.height, main.plan.height)
      blocks = Array(main.blocks[0...shared]) + builder.blocks.dropFirst(shared + 1)
    } else {
      blocks = builder.blocks
    }
    ledgers = builder.book.ledgers
    locations = builder.book.locations
    spends = builder.book.spends
    announcements = builder.announcements
  }

  /// The same chain up to `branch.height` and other blocks after it.
  package func branched(_ branch: ChainPlan.Branch) -> SimulatedChain {
    var plan = plan
    plan.branch = branch
    return SimulatedChain(plan, sharing: self)
  }

  package func transaction(_ text: String) -> SimulatedTransaction? {
    guard let place = locations[text] else { return nil }
    return blocks[place.height].transactions[place.position]
  }
}
