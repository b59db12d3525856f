import Digests
internal import ElectrumProtocol
internal import SimulatedChain

/// Transaction methods of Fulcrum.
enum FulcrumTransactions {
  static let table: [String: FulcrumMethod] = [
    "blockchain.transaction.get": FulcrumMethod(1, 2) { session, values throws(RPCError) in
      try get(session, values)
    },
    "blockchain.transaction.get_merkle": FulcrumMethod(1, 2) { session, values throws(RPCError) in
      try merkle(session, values)
    },
    "blockchain.transaction.get_height": FulcrumMethod(1, since: [1, 5]) {
      session, values throws(RPCError) in height(session, try identifier(values[0]))
    },
    "blockchain.transaction.subscribe": FulcrumMethod(1, since: [1, 9]) {
      session, values throws(RPCError) in height(session, try identifier(values[0]))
    },
    "blockchain.transaction.unsubscribe": FulcrumMethod(1, since: [1, 9]) {
      _, values throws(RPCError) in
      _ = try identifier(values[0])
      return .bool(false)
    },
    "blockchain.transaction.id_from_pos": FulcrumMethod(2, 3) {
      session, values throws(RPCError) in try identifierAt(session, values)
    },
    "blockchain.transaction.get_confirmed_blockhash": FulcrumMethod(1, 2, since: [1, 9, 1]) {
      session, values throws(RPCError) in try block(session, values)
    },
    "blockchain.transaction.broadcast": FulcrumMethod(1) { session, values throws(RPCError) in
      try broadcast(&session, values[0])
    },
    "blockchain.transaction.broadcast_package": FulcrumMethod(1, 2, since: [2]) {
      session, values throws(RPCError) in try broadcastPackage(session, values[0])
    },
    "blockchain.utxo.get_info": FulcrumMethod(2, since: [1, 1, 1]) {
      session, values throws(RPCError) in try output(session, values)
    },
  ]

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
    let verbose = values.count > 1 ? FulcrumMessage.boolean(values[1]) : false
    guard let verbose else { throw RPCError(1, "Invalid verbose argument; expected boolean") }
    guard let transaction = session.visit.chain.transaction(text) else {
      throw RPCError(2, NodeAnswer.missing(text))
    }
    if !verbose { return .string(Hex.text(transaction.bytes)) }
    return VerboseTransaction.value(transaction, session.visit.chain, style: .sorted)
  }

  static func merkle(
    _ session: FulcrumSession, _ values: [WireValue]
  ) throws(RPCError) -> WireValue {
    let text = try identifier(values[0])
    let view = session.visit.chain
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
    let view = session.visit.chain
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
    let merkle = values.count > 2 ? FulcrumMessage.boolean(values[2]) : false
    guard let merkle else { throw RPCError(1, "Invalid merkle argument; expected boolean") }
    let view = session.visit.chain
    if height == 0, position == 0, !merkle { return .string(NodeAnswer.genesisCoinbase) }
    guard let transactions = view.transactions(at: height), position < transactions.count else {
      throw RPCError(1, "No transaction at position \(position) for height \(height)")
    }
    let text = WireValue.string(transactions[position].text)
    if !merkle { return text }
    let branch = view.merkleBranch(.init(height: height, position: position))
    return .object([
      WireMember("merkle", .array(branch.map { .string($0) })), WireMember("tx_hash", text),
    ])
  }

  /// 0 for one that no block holds.
  private static func height(_ session: FulcrumSession, _ text: String) -> WireValue {
    let view = session.visit.chain
    if let place = view.location(text) { return .integer(place.height) }
    return view.transaction(text) == nil ? .null : .integer(0)
  }

  private static func broadcast(
    _ session: inout FulcrumSession, _ value: WireValue
  ) throws(RPCError) -> WireValue {
    switch NodeAnswer.broadcast(value.text ?? "", &session.visit) {
    case .accepted(let identifier): return .string(identifier)
    case .false(let text): throw RPCError(1, text)
    case .rejected(let reason): throw rejection(reason)
    }
  }

  private static func broadcastPackage(
    _ session: FulcrumSession, _ value: WireValue
  ) throws(RPCError) -> WireValue {
    let texts = (value.elements ?? []).compactMap(\.text)
    guard !texts.isEmpty, texts.count == value.elements?.count else {
      throw RPCError(
        1, "Invalid raw_txs argument; expected non-empty list of hex-encoded strings")
    }
    throw rejection(NodeAnswer.packageRejection(texts, chain: session.visit.chain))
  }

  private static func rejection(_ reason: String) -> RPCError {
    RPCError(1, "the transaction was rejected by network rules.\n\n\(reason)\n")
  }

  /// Null for an output that is spent or never was.
  private static func output(
    _ session: FulcrumSession, _ values: [WireValue]
  ) throws(RPCError) -> WireValue {
    let text = try identifier(values[0])
    guard let index = PythonText.int(values[1]), (0..<Int(Int32.max)).contains(index) else {
      throw RPCError(1, "Invalid output number")
    }
    let view = session.visit.chain
    let status = view.spender(
      of: .init(transaction: (Hex.bytes(text) ?? []).reversed(), index: index))
    guard let height = status.funderHeight, status.spender == nil,
      let output = view.chain.transaction(text)?.outputs[index]
    else { return .null }
    var members = [
      WireMember(
        "scripthash", .string(Scripthash(scriptPubKey: output.scriptPubKey).text)),
      WireMember("value", .integer(output.value)),
    ]
    if height > 0 { members.insert(WireMember("confirmed_height", .integer(height)), at: 0) }
    return .object(members)
  }
}
