extension ChainView {
  /// What the server says its node demands of every transaction.
  package var relayFee: FeeRate { node.policy.minimumRelayFee.scaled(by: lies.relayFeeFactor) }

  /// What its node's mempool demands at this moment.
  package var mempoolMinimumFee: FeeRate { node.mempoolMinimumFee.scaled(by: lies.relayFeeFactor) }

  /// `estimatefee` for 1…1008 blocks; nil where the node does not answer.
  package func feeEstimate(blocks: Int) -> FeeRate? {
    guard (1...1008).contains(blocks) else { return nil }
    let isTrue = lies.feeTarget.map { $0 != blocks } ?? false
    return node.feeEstimate(blocks: blocks)?.scaled(by: isTrue ? 1 : lies.feeFactor)
  }

  package func feeHistogram(_ style: FeeHistogramStyle) -> [FeeBin] {
    node.feeHistogram(style)
  }

  /// The newest unconfirmed transactions, newest first, ten at the most.
  package var recentTransactions: [Mempool.Pooled] {
    node.mempool.transactions.suffix(10).reversed()
  }
}
