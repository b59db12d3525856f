/// What a Bitcoin node takes into its mempool: bitcoind's options.
package struct NodePolicy: Sendable, Hashable {
  /// `minrelaytxfee`; 100 since Bitcoin Core 30, 1,000 before.
  package var minimumRelayFee = FeeRate(satoshisPerKilobyte: 100)
  /// `maxmempool`. Unit: bytes of memory.
  package var mempoolBytes = 300_000_000
  /// `mempoolfullrbf`: any transaction may be replaced; the only choice since Bitcoin Core 29.
  package var fullReplaceByFee = true
  /// `datacarrier`: data outputs are relayed.
  package var dataCarrier = true
  /// `datacarriersize`, the whole output script. Unit: bytes.
  package var dataCarrierBytes = 100_000
  /// How it estimates fees.
  package var estimation = FeeEstimation.economical
  /// Its estimates, in percent of those of a usual node. What a node saw of the market differs by its
  /// past and its neighbours.
  package var estimatePercent = 100
  /// How often the Electrum server asks its node. Unit: seconds.
  package var pollSeconds = 5

  package init() {}
}
