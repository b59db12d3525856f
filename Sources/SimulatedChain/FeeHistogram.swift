/// One interval of a fee histogram as servers send it.
package struct FeeBin: Sendable, Equatable {
  /// Lowest fee rate of the interval, as printed. Unit: satoshis a virtual byte.
  package let rate: String
  package let virtualSize: Int
}

/// How an implementation draws its compact fee histogram.
package enum FeeHistogramStyle: Sendable, CaseIterable {
  /// Rates in tenths; intervals of at least 30 kvB that grow by a tenth each.
  case electrumX
  /// The same with whole rates.
  case fulcrum
  /// Powers of two (romanz).
  case electrs
  /// Intervals over 50 kvB that never part equal rates (Blockstream, mempool).
  case electrsEsplora
}
