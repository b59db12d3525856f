/// A node at one moment: its best chain, its mempool and what it says of fees. Servers of one node
/// share it.
package final class NodeState: Sendable {
  package let policy: NodePolicy
  package let chain: SimulatedChain
  /// Height of the newest block it has.
  package let tip: Int
  /// Transactions of the chain's own scripts.
  package let mempool: Mempool
  private let market: NodeMarket?

  /// A node that hears of no transactions but those of the chain's own scripts.
  package convenience init(chain: SimulatedChain, tip: Int, policy: NodePolicy = NodePolicy()) {
    self.init(chain: chain, tip: tip, policy: policy, market: nil)
  }

  init(chain: SimulatedChain, tip: Int, policy: NodePolicy, market: NodeMarket?) {
    self.policy = policy
    self.chain = chain
    let newest = chain.plan.height
    self.tip = tip < 0 ? 0 : tip > newest ? newest : tip
    self.market = market
    mempool = Mempool(of: chain, tip: self.tip, policy: policy)
  }

  /// The mempool of another node with the same chain, tip and policy, and a market of its own.
  init(like other: NodeState, market: NodeMarket) {
    policy = other.policy
    chain = other.chain
    tip = other.tip
    mempool = other.mempool
    self.market = market
  }

  /// The same node at another height or on another chain.
  package func moved(to chain: SimulatedChain, tip: Int) -> NodeState {
    NodeState(chain: chain, tip: tip, policy: policy, market: market)
  }

  /// What must be paid to be let in now: more than the relay fee where the mempool is full.
  package var mempoolMinimumFee: FeeRate {
    guard let evicted = market?.evicted else { return policy.minimumRelayFee }
    let rate = FeeRate(
      satoshisPerKilobyte: Int((evicted * 1_000).rounded(.up)) + Self.increment)
    return rate < policy.minimumRelayFee ? policy.minimumRelayFee : rate
  }

  /// `incrementalrelayfee`. Unit: satoshis a thousand virtual bytes.
  private static let increment = 100

  /// The same in another node's place: with a mempool of its own, at this height.
  package func replica(_ number: Int, tip: Int) -> NodeState {
    let market = market.map { market in
      NodeMarket(
        stream: market.stream, policy: policy, salt: market.salt &+ UInt64(number) << 32,
        restarted: market.restarted)
    }
    return NodeState(chain: chain, tip: tip, policy: policy, market: market)
  }

  /// `estimatesmartfee`; the node answers for 1…1008 blocks. Nil: it does not know.
  package func feeEstimate(blocks: Int) -> FeeRate? {
    if policy.estimation == .unready { return nil }
    let rate = market?.estimate(blocks: blocks) ?? Self.quietEstimate(blocks: blocks)
    let least = mempoolMinimumFee
    return rate < least ? least : rate
  }

  private static func quietEstimate(blocks: Int) -> FeeRate {
    let estimate = quietEstimates.last { $0.blocks <= blocks } ?? quietEstimates[0]
    return FeeRate(satoshisPerKilobyte: estimate.rate)
  }

  private static let quietEstimates: [(blocks: Int, rate: Int)] = [
    (1, 18_143), (2, 16_000), (3, 14_333), (5, 11_000), (10, 7_200), (25, 4_871), (144, 1_800),
    (504, 1_250), (1008, 1_118),
  ]

  /// Transactions held in all, those of the chain's own scripts included.
  package var mempoolCount: Int {
    mempool.transactions.count + (market?.held().entries.count ?? 0)
  }

  /// Of everything in the mempool.
  package func feeHistogram(_ style: FeeHistogramStyle) -> [FeeBin] {
    var paid = mempool.transactions.map {
      PaidSize(fee: $0.fee, virtualSize: $0.transaction.virtualSize)
    }
    if let market {
      paid += market.held().entries.map { PaidSize(fee: $0.fee, virtualSize: $0.virtualSize) }
    }
    return FeeHistogram.bins(of: paid, style: style)
  }
}
