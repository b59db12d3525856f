internal import ElectrumProtocol
internal import SimulatedChain

/// Script methods of ElectrumX, for scripthashes and, from protocol 1.7, for scriptPubKeys.
enum ElectrumXScripts {
  static let bodies: [String: ElectrumXMethod.Body] = [
    "get_balance": { session, arguments throws(RPCError) in
      let hash = try script(session, arguments)
      return .object([
        WireMember("confirmed", .integer(session.context.server.chain.balance(hash))),
        WireMember("unconfirmed", .integer(0)),
      ])
    },
    "get_history": { session, arguments throws(RPCError) in
      let hash = try script(session, arguments)
      let items = session.context.server.chain.history(hash).map { entry in
        WireValue.object([
          WireMember("tx_hash", .string(entry.transaction)),
          WireMember("height", .integer(entry.height)),
        ])
      }
      return wrapped(items, "history", session)
    },
    "get_mempool": { session, arguments throws(RPCError) in
      _ = try script(session, arguments)
      return wrapped([], "history", session)
    },
    "listunspent": { session, arguments throws(RPCError) in
      let hash = try script(session, arguments)
      let items = session.context.server.chain.unspent(hash).map { coin in
        WireValue.object([
          WireMember("tx_hash", .string(coin.transaction)),
          WireMember("tx_pos", .integer(coin.index)),
          WireMember("height", .integer(coin.created)),
          WireMember("value", .integer(coin.value)),
        ])
      }
      return wrapped(items, "utxos", session)
    },
    "subscribe": { session, arguments throws(RPCError) in
      let hash = try script(session, arguments)
      session.subscriptions.insert(hash)
      return session.context.server.chain.status(hash).map { .string($0) } ?? .null
    },
    "unsubscribe": { session, arguments throws(RPCError) in
      let hash = try script(session, arguments)
      return .bool(session.subscriptions.remove(hash) != nil)
    },
  ]

  private static func isByScript(_ session: ElectrumXSession) -> Bool {
    guard let version = session.negotiated, let bound = ProtocolVersion("1.7") else { return false }
    return version >= bound
  }

  /// Lists are members of an object from protocol 1.7 on.
  private static func wrapped(
    _ items: [WireValue], _ key: String, _ session: ElectrumXSession
  ) -> WireValue {
    isByScript(session) ? .object([WireMember(key, .array(items))]) : .array(items)
  }

  private static func script(
    _ session: ElectrumXSession, _ arguments: [WireValue?]
  ) throws(RPCError) -> Scripthash {
    let value = arguments[0] ?? .null
    if isByScript(session) {
      guard let bytes = value.text.flatMap({ Hex.bytes($0) }) else {
        throw RPCError(1, "\(PythonText.str(value)) is not a valid scriptpubkey")
      }
      return Scripthash(scriptPubKey: bytes)
    }
    guard let hash = value.text.flatMap({ Scripthash($0) }) else {
      throw RPCError(1, "\(PythonText.str(value)) is not a valid script hash")
    }
    return hash
  }
}
