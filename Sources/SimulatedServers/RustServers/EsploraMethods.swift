import Digests
internal import ElectrumProtocol
internal import SimulatedChain

/// The methods of the esplora forks of electrs. Surplus parameters are ignored.
enum EsploraMethods {
  static func call(
    _ method: String, _ params: [WireValue], _ session: inout ElectrsSession
  ) throws(RPCError) -> WireValue {
    let view = session.visit.chain
    switch method {
    case "server.version":
      session.visit.identify(as: params.first?.text ?? "")
      return .array([
        .string(session.visit.server.statedSoftware.raw),
        .string(ElectrsSession.protocolVersion),
      ])
    case "server.banner": return .string(session.banner)
    case "server.donation_address", "server.ping": return .null
    case "server.peers.subscribe": return .array([])
    case "mempool.get_fee_histogram": return FeeHistogramValue.list(view, .electrsEsplora)
    case "blockchain.relayfee": return ElectrsScripts.fee(view.relayFee)
    case "blockchain.estimatefee":
      let blocks = try number(params, 0, "blocks_count")
      guard let rate = view.feeEstimate(blocks: blocks) else {
        throw RPCError(-32603, "cannot estimate fee for \(blocks) blocks")
      }
      return ElectrsScripts.fee(rate)
    case "blockchain.headers.subscribe":
      session.subscriptions.headers = true
      return ElectrsScripts.tip(view)
    case "blockchain.block.header": return try header(view, params)
    case "blockchain.block.headers": return try headers(view, params)
    default:
      if method.hasPrefix("blockchain.transaction.") {
        return try transactionCall(method, params, &session)
      }
      return try scriptCall(method, params, &session)
    }
  }

  private static func header(
    _ view: ChainView, _ params: [WireValue]
  ) throws(RPCError) -> WireValue {
    let height = try number(params, 0, "height")
    let checkpoint = params.count > 1 ? try number(params, 1, "cp_height") : 0
    guard let header = view.header(height) else { throw RPCError(-32603, "missing header") }
    let text = WireValue.string(Hex.text(header.bytes))
    if checkpoint == 0 { return text }
    let (branch, root) = try proof(view, height: height, checkpoint: checkpoint)
    return .object([branch, WireMember("header", text), root])
  }

  private static func headers(
    _ view: ChainView, _ params: [WireValue]
  ) throws(RPCError) -> WireValue {
    let start = try number(params, 0, "start_height")
    let count = min(try number(params, 1, "count"), ElectrsScripts.maximumHeaders)
    let checkpoint = params.count > 2 ? try number(params, 2, "cp_height") : 0
    let members = ElectrsScripts.headers(view, from: start, count: count)
    if count == 0 || checkpoint == 0 { return .object(members) }
    let (branch, root) = try proof(view, height: start + count - 1, checkpoint: checkpoint)
    return .object([branch] + members + [root])
  }

  private static func proof(
    _ view: ChainView, height: Int, checkpoint: Int
  ) throws(RPCError) -> (WireMember, WireMember) {
    guard height <= checkpoint, checkpoint <= view.tip else {
      throw RPCError(
        -32603,
        "cp_height #\(checkpoint) must be greater than or equal to height #\(height) and at most the tip"
      )
    }
    let proof = view.headerProof(height, checkpoint: checkpoint)
    return (
      WireMember("branch", .array(proof.branch.map { .string($0) })),
      WireMember("root", .string(proof.root))
    )
  }

  private static func scriptCall(
    _ method: String, _ params: [WireValue], _ session: inout ElectrsSession
  ) throws(RPCError) -> WireValue {
    let prefix = "blockchain.scripthash."
    let verb = method.hasPrefix(prefix) ? String(method.dropFirst(prefix.count)) : ""
    let isOld = session.variant == .closingEsplora
    let verbs = ["get_balance", "get_history", "listunspent", "subscribe"]
    guard verbs.contains(verb) || (!isOld && ["get_mempool", "unsubscribe"].contains(verb)) else {
      throw RPCError(-32601, "unknown method \(method)")
    }
    let hash: Scripthash
    if isOld {
      guard let known = params.first?.text.flatMap({ Scripthash($0) }) else {
        throw RPCError(1, "bad script_hash")
      }
      hash = known
    } else {
      hash = try self.hash(params)
    }
    switch verb {
    case "get_balance": return ElectrsScripts.balance(session.visit.chain, hash)
    case "get_history": return try ElectrsScripts.history(session, hash)
    case "get_mempool": return .array(ElectrsScripts.mempool(session.visit.chain, hash))
    case "listunspent": return try ElectrsScripts.unspent(session, hash)
    case "subscribe": return try ElectrsScripts.subscribe(&session, hash)
    default: return .bool(session.subscriptions.remove(hash))
    }
  }

  private static func transactionCall(
    _ method: String, _ params: [WireValue], _ session: inout ElectrsSession
  ) throws(RPCError) -> WireValue {
    let view = session.visit.chain
    switch method {
    case "blockchain.transaction.get":
      let text = try hash(params).text
      guard let verbose = params.count > 1 ? params[1].boolean : false else {
        throw RPCError(-32602, "non-bool verbose value")
      }
      if verbose { throw RPCError(-32603, "verbose transactions are currently unsupported") }
      guard let transaction = view.transaction(text) else {
        throw RPCError(-32603, "missing transaction")
      }
      return .string(Hex.text(transaction.bytes))
    case "blockchain.transaction.get_merkle":
      let text = try hash(params).text
      let height = try number(params, 1, "height")
      guard let place = view.location(text) else {
        throw RPCError(-32603, "tx not found or is unconfirmed")
      }
      guard place.height == height else {
        throw RPCError(-32602, "invalid confirmation height provided")
      }
      return ElectrsTransactions.merkle(view, place)
    case "blockchain.transaction.id_from_pos":
      let height = try number(params, 0, "height")
      let position = try number(params, 1, "tx_pos")
      guard let merkle = params.count > 2 ? params[2].boolean : false else {
        throw RPCError(-32602, "not a bool merkle")
      }
      guard let transactions = view.transactions(at: height) else {
        throw RPCError(-32603, "missing block #\(height)")
      }
      guard position < transactions.count else {
        throw RPCError(-32603, "No tx in position #\(position) in block #\(height)")
      }
      return ElectrsTransactions.identifier(view, height, position, merkle: merkle)
    case "blockchain.transaction.broadcast": return try broadcast(params, &session)
    case "blockchain.transaction.broadcast_package" where session.variant == .esplora:
      guard let first = params.first else { throw RPCError(-32602, "missing transactions") }
      guard let texts = first.elements?.compactMap(\.text) else {
        throw RPCError(-32602, "non-array transactions")
      }
      throw RPCError(2, NodeAnswer.packageRejection(texts, chain: view))
    default: throw RPCError(-32601, "unknown method \(method)")
    }
  }

  private static func broadcast(
    _ params: [WireValue], _ session: inout ElectrsSession
  ) throws(RPCError) -> WireValue {
    guard let value = params.first else { throw RPCError(-32602, "missing tx") }
    guard let text = value.text else { throw RPCError(-32602, "non-string tx") }
    switch NodeAnswer.broadcast(text, &session.visit) {
    case .accepted(let identifier): return .string(identifier)
    case .false(let text): throw RPCError(2, text)
    case .rejected(let reason): throw RPCError(2, reason)
    }
  }

  private static func hash(_ params: [WireValue]) throws(RPCError) -> Scripthash {
    guard let value = params.first else { throw RPCError(-32602, "missing hash") }
    guard let text = value.text else { throw RPCError(-32602, "non-string hash") }
    guard let hash = Scripthash(text) else { throw RPCError(-32602, "non-hex hash") }
    return hash
  }

  private static func number(
    _ params: [WireValue], _ index: Int, _ name: String
  ) throws(RPCError) -> Int {
    guard params.indices.contains(index) else { throw RPCError(-32602, "missing \(name)") }
    guard let number = params[index].integer, number >= 0 else {
      throw RPCError(-32602, "non-integer \(name)")
    }
    return number
  }
}
