internal import ElectrumProtocol
internal import SimulatedChain

/// Scripthash methods of Fulcrum.
enum FulcrumScripts {
  static let table: [String: FulcrumMethod] = [
    "blockchain.scripthash.get_balance": FulcrumMethod(1, 2) {
      session, values throws(RPCError) in
      let hash = try scripthash(values[0])
      if values.count > 1 {
        throw RPCError(-32602, "The token filtering option is only available on BCH")
      }
      return .object([
        WireMember("confirmed", .integer(balance(session, hash))),
        WireMember("unconfirmed", .integer(0)),
      ])
    },
    "blockchain.scripthash.get_history": FulcrumMethod(1, 3) {
      session, values throws(RPCError) in
      let hash = try scripthash(values[0])
      if values.count > 1, PythonText.int(values[1]) == nil {
        throw RPCError(-32602, "Bad from_height argument")
      }
      return .array(
        history(session, hash).map { height, transaction in
          .object([
            WireMember("height", .integer(height)), WireMember("tx_hash", .string(transaction)),
          ])
        })
    },
    "blockchain.scripthash.get_mempool": FulcrumMethod(1) { _, values throws(RPCError) in
      _ = try scripthash(values[0])
      return .array([])
    },
    "blockchain.scripthash.listunspent": FulcrumMethod(1, 2) {
      session, values throws(RPCError) in
      let hash = try scripthash(values[0])
      if values.count > 1 {
        throw RPCError(-32602, "The token filtering option is only available on BCH")
      }
      return .array(
        session.context.server.chain.unspent(hash).map { coin in
          .object([
            WireMember("height", .integer(coin.created)),
            WireMember("tx_hash", .string(coin.transaction)),
            WireMember("tx_pos", .integer(coin.index)),
            WireMember("value", .integer(coin.value)),
          ])
        })
    },
    "blockchain.scripthash.subscribe": FulcrumMethod(1) { session, values throws(RPCError) in
      let hash = try scripthash(values[0])
      session.subscriptions.insert(hash)
      if hash == genesisKey {
        let history = "\(NodeAnswer.genesisCoinbase):0:"
        return .string(Hex.text(SHA256.digest(Array(history.utf8))))
      }
      return session.context.server.chain.status(hash).map { .string($0) } ?? .null
    },
    "blockchain.scripthash.unsubscribe": FulcrumMethod(1) { session, values throws(RPCError) in
      .bool(session.subscriptions.remove(try scripthash(values[0])) != nil)
    },
  ]

  /// The key script of the genesis coinbase: Fulcrum indexes that output, ElectrumX does not.
  private static let genesisKey = Scripthash(
    "740485f380ff6379d11ef6fe7d7cdd68aea7f8bd0d953d9fdf3531fb7d531833")
  private static func balance(_ session: FulcrumSession, _ hash: Scripthash) -> Int64 {
    hash == genesisKey ? 50_0000_0000 : session.context.server.chain.balance(hash)
  }

  private static func history(
    _ session: FulcrumSession, _ hash: Scripthash
  ) -> [(Int, String)] {
    if hash == genesisKey { return [(0, NodeAnswer.genesisCoinbase)] }
    return session.context.server.chain.history(hash).map { ($0.height, $0.transaction) }
  }

  /// 64 digits; what follows them is ignored.
  private static func scripthash(_ value: WireValue) throws(RPCError) -> Scripthash {
    guard let text = value.text, let hash = Scripthash(String(text.unicodeScalars.prefix(64)))
    else { throw RPCError(1, "Invalid scripthash") }
    return hash
  }
}
