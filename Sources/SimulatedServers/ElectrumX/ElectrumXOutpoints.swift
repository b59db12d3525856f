import Digests
internal import ElectrumProtocol
internal import SimulatedChain

/// Outpoint methods of ElectrumX 2.0, from protocol 1.7 on.
enum ElectrumXOutpoints {
  static func status(
    _ session: inout ElectrumXSession, _ arguments: [WireValue?]
  ) throws(RPCError) -> WireValue {
    let outpoint = try outpoint(arguments)
    try hint(arguments[2])
    return status(outpoint, session.visit.chain)
  }

  static func subscribe(
    _ session: inout ElectrumXSession, _ arguments: [WireValue?]
  ) throws(RPCError) -> WireValue {
    let outpoint = try outpoint(arguments)
    try hint(arguments[2])
    let status = status(outpoint, session.visit.chain)
    guard session.subscriptions.insert(outpoint, status: status) else {
      throw RPCError(1, "too many subscriptions")
    }
    return status
  }

  static func unsubscribe(
    _ session: inout ElectrumXSession, _ arguments: [WireValue?]
  ) throws(RPCError) -> WireValue {
    .bool(session.subscriptions.remove(try outpoint(arguments)))
  }

  /// Empty for an output that never was.
  static func status(_ outpoint: Subscriptions.Outpoint, _ view: ChainView) -> WireValue {
    let identifier = Array((Hex.bytes(outpoint.transaction) ?? []).reversed())
    let spending = view.spender(of: .init(transaction: identifier, index: outpoint.index))
    guard let funder = spending.funderHeight else { return .object([]) }
    var members = [WireMember("funder_height", .integer(funder))]
    if let spender = spending.spender, let height = spending.spenderHeight {
      members.append(WireMember("spender_txhash", .string(spender)))
      members.append(WireMember("spender_height", .integer(height)))
    }
    return .object(members)
  }

  private static func outpoint(
    _ arguments: [WireValue?]
  ) throws(RPCError) -> Subscriptions.Outpoint {
    let transaction = try ElectrumXTransactions.identifier(arguments[0])
    let index = try ElectrumXBlocks.nonNegative(arguments[1])
    return Subscriptions.Outpoint(transaction: transaction, index: index)
  }

  private static func hint(_ value: WireValue?) throws(RPCError) {
    if value?.text.flatMap({ Hex.bytes($0) }) == nil {
      throw RPCError(1, "\(PythonText.str(value ?? .null)) should be a hex string")
    }
  }
}
