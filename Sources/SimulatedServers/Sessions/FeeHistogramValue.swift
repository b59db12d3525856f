internal import ElectrumProtocol
internal import SimulatedChain

/// Pairs of a fee rate (satoshis a virtual byte) and the virtual bytes that pay it, as printed.
enum FeeHistogramValue {
  static func list(_ view: ChainView, _ style: FeeHistogramStyle) -> WireValue {
    .array(
      view.feeHistogram(style).map { bin in
        .array([.number(bin.rate), .integer(bin.virtualSize)])
      })
  }
}
