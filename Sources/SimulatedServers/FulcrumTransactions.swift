internal import ElectrumProtocol
internal import SimulatedChain

/// Transaction methods of Fulcrum.
enum FulcrumTransactions {
  static func identifier(_ value: WireValue) throws(RPCError) -> String {
    guard let hash = value.text.flatMap({ Scripthash($0) }) else {
      throw RPCError(1, "Invalid tx hash")
    }
    return hash.text
  }

  static func get(
    _ session: FulcrumSession, _ values: [WireValue]
  ) throws(RPCError) -> WireValue {
    let text = try identifier(values[0])
    let verbose = values.count > 1 ? values[1].boolean : false
    guard let verbose else { throw RPCError(1, "Invalid verbose argument; expected boolean") }
    let view = session.context.server.chain
    guard let place = view.location(text), let transaction = view.chain.transaction(text) else {
      throw RPCError(2, NodeAnswer.missing(text))
    }
    let hex = Hex.text(transaction.bytes)
    if !verbose { return .string(hex) }
    return .object([
      WireMember("blockhash", .string(view.header(place.height)?.hashText ?? "")),
      WireMember("confirmations", .integer(view.tip - place.height + 1)),
      WireMember("hash", .string(text)), WireMember("hex", .string(hex)),
      WireMember("size", .integer(transaction.bytes.count)), WireMember("txid", .string(text)),
      WireMember("version", .integer(2)),
    ])
  }

  static func merkle(
    _ session: FulcrumSession, _ values: [WireValue]
  ) throws(RPCError) -> WireValue {
    let text = try identifier(values[0])
    let view = session.context.server.chain
    let place = view.location(text)
    if values.count > 1 {
      let height = try FulcrumBlocks.number(values[1], "height")
      guard height == 0 || place?.height == height else {
        throw RPCError(1, "No transaction matching the requested hash found at height \(height)")
      }
    }
    guard let place else {
      throw RPCError(1, "No confirmed transaction matching the requested hash was found")
    }
    return .object([
      WireMember("block_height", .integer(place.height)),
      WireMember("merkle", .array(view.merkleBranch(place).map { .string($0) })),
      WireMember("pos", .integer(place.position)),
    ])
  }

  static func block(
    _ session: FulcrumSession, _ values: [WireValue]
  ) throws(RPCError) -> WireValue {
    let text = try identifier(values[0])
    let view = session.context.server.chain
    guard let place = view.location(text), let header = view.header(place.height) else {
      return .null
    }
    return .object([
      WireMember("block_hash", .string(header.hashText)),
      WireMember("block_height", .integer(place.height)),
    ])
  }

  static func identifierAt(
    _ session: FulcrumSession, _ values: [WireValue]
  ) throws(RPCError) -> WireValue {
    let expected = "argument; expected non-negative numeric value < 1000000000"
    let height = try FulcrumBlocks.number(values[0], "height \(expected)")
    let position = try FulcrumBlocks.number(values[1], "tx_pos \(expected)")
    let merkle = values.count > 2 ? values[2].boolean : false
    guard let merkle else { throw RPCError(1, "Invalid merkle argument; expected boolean") }
    let view = session.context.server.chain
    if height == 0, position == 0, !merkle { return .string(NodeAnswer.genesisCoinbase) }
    guard height <= view.tip, position < view.chain.blocks[height].transactions.count else {
      throw RPCError(1, "No transaction at position \(position) for height \(height)")
    }
    let text = WireValue.string(view.chain.blocks[height].transactions[position].text)
    if !merkle { return text }
    let branch = view.merkleBranch(.init(height: height, position: position))
    return .object([
      WireMember("merkle", .array(branch.map { .string($0) })), WireMember("tx_hash", text),
    ])
  }
}
