import Digests
internal import ElectrumProtocol
internal import SimulatedChain

/// Scripthash methods of Fulcrum.
enum FulcrumScripts {
  private static let defaultHistory = 125_000

  static let table: [String: FulcrumMethod] = [
    "blockchain.scripthash.get_balance": FulcrumMethod(1, 2) {
      session, values throws(RPCError) in
      let hash = try scripthash(values[0])
      try refuseTokenFilter(values)
      return .object([
        WireMember("confirmed", .integer(balance(session, hash))),
        WireMember("unconfirmed", .integer(session.visit.chain.unconfirmedBalance(hash))),
      ])
    },
    "blockchain.scripthash.get_history": FulcrumMethod(1, 3) {
      session, values throws(RPCError) in try history(session, values)
    },
    "blockchain.scripthash.get_mempool": FulcrumMethod(1) { session, values throws(RPCError) in
      .array(mempool(session, try scripthash(values[0])))
    },
    "blockchain.scripthash.listunspent": FulcrumMethod(1, 2) {
      session, values throws(RPCError) in
      let hash = try scripthash(values[0])
      try refuseTokenFilter(values)
      return .array(unspent(session, hash))
    },
    "blockchain.scripthash.subscribe": FulcrumMethod(1, isQuick: true) {
      session, values throws(RPCError) in
      let hash = try scripthash(values[0])
      let status = status(session, hash)
      guard session.subscriptions.insert(hash, status: status) else {
        throw RPCError(1, "Subscription limit reached")
      }
      return status.map { .string($0) } ?? .null
    },
    "blockchain.scripthash.get_status": FulcrumMethod(1, since: [1, 9, 1]) {
      session, values throws(RPCError) in
      status(session, try scripthash(values[0])).map { .string($0) } ?? .null
    },
    "blockchain.scripthash.get_first_use": FulcrumMethod(1, since: [1, 9, 5]) {
      session, values throws(RPCError) in firstUse(session, try scripthash(values[0]))
    },
    "blockchain.scripthash.unsubscribe": FulcrumMethod(1, isQuick: true) {
      session, values throws(RPCError) in
      .bool(session.subscriptions.remove(try scripthash(values[0])))
    },
  ]

  /// Null also for a history that is too long to be told.
  static func status(_ session: FulcrumSession, _ hash: Scripthash) -> String? {
    if hash == genesisKey {
      let history = "\(NodeAnswer.genesisCoinbase):0:"
      return Hex.text(SHA256.digest(Array(history.utf8)))
    }
    let view = session.visit.chain
    if view.history(hash).count > limit(session) { return nil }
    return view.status(hash, mempool: .byHeightThenID)
  }

  /// The key script of the genesis coinbase: Fulcrum indexes that output, ElectrumX does not.
  private static let genesisKey = Scripthash(
    "740485f380ff6379d11ef6fe7d7cdd68aea7f8bd0d953d9fdf3531fb7d531833")

  private static func limit(_ session: FulcrumSession) -> Int {
    max(0, session.visit.limits.maximumHistory ?? defaultHistory)
  }

  private static func refuseTokenFilter(_ values: [WireValue]) throws(RPCError) {
    guard values.count > 1 else { return }
    throw RPCError(-32602, "The token filtering option is only available on BCH")
  }

  /// Of the first outputs only, where there are more than a history may have.
  private static func balance(_ session: FulcrumSession, _ hash: Scripthash) -> Int64 {
    if hash == genesisKey { return 50_0000_0000 }
    let view = session.visit.chain
    let limit = limit(session)
    guard view.ledger(hash)?.coins.count ?? 0 > limit else { return view.balance(hash) }
    return view.unspent(hash).prefix(limit).reduce(0) { $0 + $1.value }
  }

  private static func unspent(
    _ session: FulcrumSession, _ hash: Scripthash
  ) -> [WireValue] {
    func item(_ height: Int, _ transaction: String, _ index: Int, _ value: Int64) -> WireValue {
      .object([
        WireMember("height", .integer(height)), WireMember("tx_hash", .string(transaction)),
        WireMember("tx_pos", .integer(index)), WireMember("value", .integer(value)),
      ])
    }
    if hash == genesisKey {
      return [item(0, NodeAnswer.genesisCoinbase, 0, 50_0000_0000)]
    }
    return session.visit.chain.spendable(hash).prefix(limit(session)).map {
      item($0.height, $0.transaction, $0.index, $0.value)
    }
  }

  /// Confirmed transactions from a height up to another, then those of the mempool; nothing at all
  /// where there are too many.
  private static func history(
    _ session: FulcrumSession, _ values: [WireValue]
  ) throws(RPCError) -> WireValue {
    let hash = try scripthash(values[0])
    let from = values.count > 1 ? PythonText.int(values[1]) : 0
    guard let from else { throw RPCError(-32602, "Bad from_height argument") }
    let to = values.count > 2 ? PythonText.int(values[2]) : -1
    guard let to else { throw RPCError(-32602, "Bad to_height argument") }
    let all: [(height: Int, transaction: String)] =
      hash == genesisKey
      ? [(0, NodeAnswer.genesisCoinbase)]
      : session.visit.chain.history(hash).map { ($0.height, $0.transaction) }
    guard all.count <= limit(session) else { return .array([]) }
    let confirmed = all.filter { $0.height >= from && (to < 0 || $0.height < to) }.map {
      WireValue.object([
        WireMember("height", .integer($0.height)), WireMember("tx_hash", .string($0.transaction)),
      ])
    }
    return .array(confirmed + (to < 0 ? mempool(session, hash) : []))
  }

  private static func mempool(_ session: FulcrumSession, _ hash: Scripthash) -> [WireValue] {
    session.visit.chain.mempoolEntries(hash, .byHeightThenID).map { entry in
      .object([
        WireMember("fee", .integer(entry.fee)), WireMember("height", .integer(entry.height)),
        WireMember("tx_hash", .string(entry.transaction)),
      ])
    }
  }

  private static func firstUse(_ session: FulcrumSession, _ hash: Scripthash) -> WireValue {
    let view = session.visit.chain
    guard let first = view.history(hash).first, let header = view.header(first.height) else {
      return .null
    }
    return .object([
      WireMember("block_hash", .string(header.hashText)),
      WireMember("block_height", .integer(first.height)),
      WireMember("tx_hash", .string(first.transaction)),
    ])
  }

  /// 64 digits; what follows them is ignored.
  static func scripthash(_ value: WireValue) throws(RPCError) -> Scripthash {
    guard let text = value.text, let hash = Scripthash(String(text.unicodeScalars.prefix(64)))
    else { throw RPCError(1, "Invalid scripthash") }
    return hash
  }
}
