import Digests
internal import ElectrumProtocol
internal import SimulatedChain

/// Transaction methods of ElectrumX.
enum ElectrumXTransactions {
  static func get(
    _ session: ElectrumXSession, _ arguments: [WireValue?]
  ) throws(RPCError) -> WireValue {
    let text = try identifier(arguments[0])
    guard let verbose = boolean(arguments[1] ?? .bool(false)) else {
      throw RPCError(1, "\"verbose\" must be a boolean")
    }
    guard let transaction = session.visit.chain.transaction(text) else {
      throw RPCError(2, NodeAnswer.missing(text))
    }
    if !verbose { return .string(Hex.text(transaction.bytes)) }
    return VerboseTransaction.value(transaction, session.visit.chain, style: .node)
  }

  static func merkle(
    _ session: ElectrumXSession, _ arguments: [WireValue?]
  ) throws(RPCError) -> WireValue {
    let text = try identifier(arguments[0])
    let height = try ElectrumXBlocks.nonNegative(arguments[1])
    let view = session.visit.chain
    guard height <= view.tip else {
      let number = PythonText.grouped("\(height)")
      throw session.release.speaksScriptPubKeys
        ? RPCError(1, "height \(number) out of range") : notOnDisk(height, view)
    }
    guard let place = view.location(text), place.height == height else {
      throw RPCError(1, "tx \(text) not in block at height \(PythonText.grouped("\(height)"))")
    }
    return .object([
      WireMember("block_height", .integer(height)),
      WireMember("merkle", .array(view.merkleBranch(place).map { .string($0) })),
      WireMember("pos", .integer(place.position)),
    ])
  }

  static func identifier(
    _ session: ElectrumXSession, _ arguments: [WireValue?]
  ) throws(RPCError) -> WireValue {
    let height = try ElectrumXBlocks.nonNegative(arguments[0])
    let position = try ElectrumXBlocks.nonNegative(arguments[1])
    guard let merkle = boolean(arguments[2] ?? .bool(false)) else {
      throw RPCError(1, "\"merkle\" must be a boolean")
    }
    let view = session.visit.chain
    guard height <= view.tip else { throw notOnDisk(height, view) }
    let transactions = view.transactions(at: height) ?? []
    guard position < transactions.count else {
      throw RPCError(
        1,
        "no tx at position \(PythonText.grouped("\(position)")) in block at height "
          + PythonText.grouped("\(height)"))
    }
    let text = WireValue.string(transactions[position].text)
    if !merkle { return text }
    let branch = view.merkleBranch(.init(height: height, position: position))
    return .object([
      WireMember("tx_hash", text), WireMember("merkle", .array(branch.map { .string($0) })),
    ])
  }

  static func broadcast(
    _ session: inout ElectrumXSession, _ arguments: [WireValue?]
  ) throws(RPCError) -> WireValue {
    let value = arguments[0] ?? .null
    let text = PythonText.str(value)
    if session.release.checksBroadcastHex, value.text.flatMap({ Hex.bytes($0) }) == nil {
      throw RPCError(1, "\(text) should be a hex string")
    }
    if value.text == nil { throw RPCError(-32603, "internal server error") }
    switch NodeAnswer.broadcast(text, &session.visit) {
    case .accepted(let identifier): return .string(identifier)
    case .false(let text): throw RPCError(1, text)
    case .rejected(let reason):
      throw RPCError(
        1, "the transaction was rejected by network rules.\n\n\(reason)\n[\(text)]")
    }
  }

  private static func notOnDisk(_ height: Int, _ view: ChainView) -> RPCError {
    let wanted = PythonText.grouped("\(height)")
    let tip = PythonText.grouped("\(view.tip)")
    return RPCError(1, "db error: DBError('block \(wanted) not on disk (>\(tip))')")
  }

  static func identifier(_ value: WireValue?) throws(RPCError) -> String {
    guard let hash = value?.text.flatMap({ Scripthash($0) }) else {
      throw RPCError(1, "\(PythonText.str(value ?? .null)) should be a transaction hash")
    }
    return hash.text
  }

  /// Python's `in (True, False)`: 0 and 1 pass.
  private static func boolean(_ value: WireValue) -> Bool? {
    switch value {
    case .bool(let value): value
    case .number("0"), .number("0.0"): false
    case .number("1"), .number("1.0"): true
    default: nil
    }
  }
}
