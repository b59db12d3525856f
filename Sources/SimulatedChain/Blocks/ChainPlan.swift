package import ElectrumProtocol

/// What a chain is made from. Equal plans give equal bytes.
package struct ChainPlan: Sendable, Hashable {
  /// A second sequence of blocks from `height` on.
  package struct Branch: Sendable, Hashable {
    /// Height of the last block shared with the main chain.
    package var height: Int
    /// Tells branches from the same height apart.
    package var salt: UInt64

    package init(height: Int, salt: UInt64) {
      self.height = height
      self.salt = salt
    }
  }

  package var seed: UInt64
  /// Height of the last block.
  package var height: Int
  /// Time of the last block, seconds since 1970; blocks are about ten minutes apart.
  package var tipTime: UInt32
  /// Whose genesis block stands at height 0.
  package var network: BitcoinNetwork
  package var payments: [PlantedPayment]
  package var branch: Branch?

  package init(
    seed: UInt64, height: Int, tipTime: UInt32, network: BitcoinNetwork = .regtest,
    payments: [PlantedPayment] = [], branch: Branch? = nil
  ) {
    self.seed = seed
    self.height = height
    self.tipTime = tipTime
    self.network = network
    self.payments = payments
    self.branch = branch
  }

  /// Whether the block at `height` is of the branch rather than of the main chain.
  func isBranched(_ height: Int) -> Bool {
    guard let branch else { return false }
    return height > branch.height
  }
}
