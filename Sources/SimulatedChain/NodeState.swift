internal import ElectrumProtocol

/// A node at one moment: its best chain, its mempool and what it says of fees. Servers of one node
/// share it.
package final class NodeState: Sendable {
  package let policy: NodePolicy
  package let chain: SimulatedChain
  /// Height of the newest block it has.
  package let tip: Int
  package let mempool: Mempool

  package init(chain: SimulatedChain, tip: Int, policy: NodePolicy = NodePolicy()) {
    self.policy = policy
    self.chain = chain
    let newest = chain.plan.height
    self.tip = tip < 0 ? 0 : tip > newest ? newest : tip
    mempool = Mempool(of: chain, tip: self.tip, policy: policy)
  }

  /// What must be paid to be let in now.
  package var mempoolMinimumFee: FeeRate { policy.minimumRelayFee }

  /// `estimatesmartfee`; the node answers for 1…1008 blocks.
  package func feeEstimate(blocks: Int) -> FeeRate {
    let estimate = Self.quietEstimates.last { $0.blocks <= blocks } ?? Self.quietEstimates[0]
    let rate = FeeRate(satoshisPerKilobyte: estimate.rate)
    return rate < mempoolMinimumFee ? mempoolMinimumFee : rate
  }

  private static let quietEstimates: [(blocks: Int, rate: Int)] = [
    (blocks: 1, rate: 18_143), (2, 16_000), (3, 14_333), (5, 11_000), (10, 7_200), (25, 4_871),
    (144, 1_800), (504, 1_250), (1008, 1_118),
  ]

  package func feeHistogram(_ style: FeeHistogramStyle) -> [FeeBin] { [] }
}
