internal import ElectrumProtocol
internal import SimulatedChain

/// Fee methods of ElectrumX.
enum ElectrumXFees {
  private static let modes = ["CONSERVATIVE", "ECONOMICAL"]
  private static let recentCount = 10

  /// The wished number of blocks, clamped into the node's range.
  static func estimate(
    _ session: inout ElectrumXSession, _ arguments: [WireValue?]
  ) throws(RPCError) -> WireValue {
    let blocks = try ElectrumXBlocks.nonNegative(arguments[0])
    if let mode = arguments[1], !mode.isNull, !modes.contains(mode.text?.uppercased() ?? "") {
      throw RPCError(1, "unknown estimatefee mode: \(PythonText.str(mode))")
    }
    return
      .number(session.visit.chain.feeEstimate(blocks: min(max(blocks, 1), 1_008))?.text ?? "-1")
  }

  static func node(_ view: ChainView) -> WireValue {
    .object([
      WireMember("mempoolminfee", .number(view.mempoolMinimumFee.text)),
      WireMember("minrelaytxfee", .number(view.relayFee.text)),
      WireMember("incrementalrelayfee", .number(view.relayFee.text)),
    ])
  }

  static func recent(_ view: ChainView) -> WireValue {
    .array(
      view.recentTransactions.prefix(recentCount).map { entry in
        .object([
          WireMember("txid", .string(entry.transaction.text)),
          WireMember("fee", .integer(entry.fee)),
          WireMember("vsize", .integer(entry.transaction.virtualSize)),
        ])
      })
  }
}
