import Digests
internal import ElectrumProtocol
internal import SimulatedChain

/// The methods of romanz/electrs. Parameters are positional and of exactly the right types.
enum RomanzMethods {
  private static let invalid = RPCError(-32602, "invalid params")

  static func call(
    _ method: String, _ params: [WireValue]?, _ session: inout ElectrsSession
  ) throws(RPCError) -> WireValue {
    let view = session.visit.chain
    switch method {
    case "server.version": return try version(params, &session)
    case "server.banner": return .string(session.banner)
    case "server.donation_address", "server.ping": return .null
    case "server.peers.subscribe": return .array([])
    case "server.features": return features(session)
    case "mempool.get_fee_histogram": return FeeHistogramValue.list(view, .electrs)
    case "blockchain.relayfee": return ElectrsScripts.fee(view.relayFee)
    case "blockchain.estimatefee":
      guard let params, params.count == 1, let blocks = params[0].integer,
        (0...Int(UInt16.max)).contains(blocks)
      else { throw invalid }
      guard (1...1008).contains(blocks) else {
        throw RPCError(2, "Invalid conf_target, must be between 1 and 1008")
      }
      return ElectrsScripts.fee(view.feeEstimate(blocks: blocks))
    case "blockchain.headers.subscribe":
      session.subscriptions.headers = true
      return ElectrsScripts.tip(view)
    case "blockchain.block.header":
      let height = try numbers(params, 1)[0]
      guard let header = view.header(height) else { throw RPCError(1, "no header at \(height)") }
      return .string(Hex.text(header.bytes))
    case "blockchain.block.headers":
      let values = try numbers(params, 2)
      return .object(ElectrsScripts.headers(view, from: values[0], count: values[1]))
    default:
      if method.hasPrefix("blockchain.transaction.") {
        return try transactionCall(method, params, &session)
      }
      return try scriptCall(method, params, &session)
    }
  }

  private static func scriptCall(
    _ method: String, _ params: [WireValue]?, _ session: inout ElectrsSession
  ) throws(RPCError) -> WireValue {
    let prefix = "blockchain.scripthash."
    let verb = method.hasPrefix(prefix) ? String(method.dropFirst(prefix.count)) : ""
    guard
      ["get_balance", "get_history", "listunspent", "subscribe", "unsubscribe"].contains(verb)
    else { throw RPCError(-32601, "method not found") }
    guard let params, params.count == 1, let hash = params[0].text.flatMap({ Scripthash($0) })
    else { throw invalid }
    switch verb {
    case "get_balance": return ElectrsScripts.balance(session.visit.chain, hash)
    case "get_history": return try ElectrsScripts.history(session, hash)
    case "listunspent": return try ElectrsScripts.unspent(session, hash)
    case "subscribe": return try ElectrsScripts.subscribe(&session, hash)
    default: return .bool(session.subscriptions.remove(hash))
    }
  }

  private static func transactionCall(
    _ method: String, _ params: [WireValue]?, _ session: inout ElectrsSession
  ) throws(RPCError) -> WireValue {
    let view = session.visit.chain
    switch method {
    case "blockchain.transaction.get":
      guard let params, (1...2).contains(params.count) else { throw invalid }
      let text = try identifier(params[0])
      guard let verbose = params.count > 1 ? params[1].boolean : false else { throw invalid }
      guard let transaction = view.transaction(text) else {
        throw RPCError(2, NodeAnswer.reasonForMissing(text))
      }
      if !verbose { return .string(Hex.text(transaction.bytes)) }
      return VerboseTransaction.value(transaction, view, style: .sortedFractions)
    case "blockchain.transaction.get_merkle":
      guard let params, params.count == 2 else { throw invalid }
      let text = try identifier(params[0])
      let height = try numbers([params[1]], 1)[0]
      guard let header = view.header(height) else {
        throw RPCError(1, "missing block at \(height)")
      }
      guard let place = view.location(text), place.height == height else {
        throw RPCError(1, "missing txid \(text) in block \(header.hashText)")
      }
      return ElectrsTransactions.merkle(view, place)
    case "blockchain.transaction.id_from_pos":
      guard let params, params.count == 3, let merkle = params[2].boolean else { throw invalid }
      let values = try numbers(Array(params.prefix(2)), 2)
      guard let transactions = view.transactions(at: values[0]) else {
        throw RPCError(1, "missing block at \(values[0])")
      }
      guard values[1] < transactions.count else {
        throw RPCError(1, "invalid tx_pos \(values[1]) in block at height \(values[0])")
      }
      return ElectrsTransactions.identifier(view, values[0], values[1], merkle: merkle)
    case "blockchain.transaction.broadcast": return try broadcast(params, &session)
    case "blockchain.transaction.broadcast_package":
      guard let params, (1...2).contains(params.count), let list = params[0].elements else {
        throw invalid
      }
      throw RPCError(2, NodeAnswer.packageRejection(list.compactMap(\.text), chain: view))
    default: throw RPCError(-32601, "method not found")
    }
  }

  private static func broadcast(
    _ params: [WireValue]?, _ session: inout ElectrsSession
  ) throws(RPCError) -> WireValue {
    guard let params, params.count == 1, let text = params[0].text else { throw invalid }
    if session.visit.server.broadcast == .ofNode {
      guard Hex.bytes(text) != nil else { throw RPCError(1, "non-hex transaction") }
      if NodeAnswer.isUndecodable(text) { throw RPCError(1, "invalid transaction") }
    }
    switch NodeAnswer.broadcast(text, &session.visit) {
    case .accepted(let identifier): return .string(identifier)
    case .false(let text): throw RPCError(1, text)
    case .rejected(let reason): throw RPCError(2, reason)
    }
  }

  private static func identifier(_ value: WireValue) throws(RPCError) -> String {
    guard let hash = value.text.flatMap({ Scripthash($0) }) else { throw invalid }
    return hash.text
  }

  private static func numbers(
    _ params: [WireValue]?, _ count: Int
  ) throws(RPCError) -> [Int] {
    guard let params, params.count == count else { throw invalid }
    let values = params.compactMap(\.integer).filter { $0 >= 0 }
    guard values.count == count else { throw invalid }
    return values
  }

  /// A name and a version or a range of versions, both of them.
  private static func version(
    _ params: [WireValue]?, _ session: inout ElectrsSession
  ) throws(RPCError) -> WireValue {
    guard let params, params.count == 2, let name = params[0].text else { throw invalid }
    let range: [ProtocolVersion?]
    switch params[1] {
    case .string(let text): range = [ProtocolVersion(text), ProtocolVersion(text)]
    case .array(let pair) where pair.count == 2:
      range = pair.map { $0.text.flatMap { ProtocolVersion($0) } }
    default: throw invalid
    }
    guard let low = range[0], let high = range[1],
      let own = ProtocolVersion(ElectrsSession.protocolVersion)
    else { throw invalid }
    guard low <= own, own <= high else {
      throw RPCError(1, "unsupported request [\(low), \(high)]")
    }
    session.visit.identify(as: name)
    return .array([
      .string(session.visit.server.statedSoftware.raw), .string(ElectrsSession.protocolVersion),
    ])
  }

  private static func features(_ session: ElectrsSession) -> WireValue {
    let server = session.visit.server
    let version = WireValue.string(ElectrsSession.protocolVersion)
    return .object([
      WireMember("genesis_hash", .string(server.chain.genesisHash)),
      WireMember("hash_function", .string("sha256")),
      WireMember(
        "hosts",
        .object([
          WireMember(
            "0.0.0.0",
            .object([WireMember("tcp_port", .integer(server.tcpPort ?? 50001))]))
        ])),
      WireMember("protocol_max", version), WireMember("protocol_min", version),
      WireMember("pruning", .null),
      WireMember("server_version", .string(server.statedSoftware.raw)),
    ])
  }
}
