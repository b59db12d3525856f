import Digests
internal import ElectrumProtocol
internal import SimulatedChain

/// Script methods of ElectrumX, for scripthashes and, from protocol 1.7, for scriptPubKeys.
enum ElectrumXScripts {
  /// Bytes that ElectrumX reckons for one item of a history.
  private static let bytesPerItem = 99

  static let bodies: [String: ElectrumXMethod.Body] = [
    "get_balance": { session, arguments throws(RPCError) in
      let hash = try script(session, arguments)
      session.items = session.visit.chain.unspent(hash).count
      return .object([
        WireMember("confirmed", .integer(session.visit.chain.balance(hash))),
        WireMember("unconfirmed", .integer(session.visit.chain.unconfirmedBalance(hash))),
      ])
    },
    "get_history": { session, arguments throws(RPCError) in
      let hash = try script(session, arguments)
      let items = try history(&session, hash).map { entry in
        WireValue.object([
          WireMember("tx_hash", .string(entry.transaction)),
          WireMember("height", .integer(entry.height)),
        ])
      }
      return wrapped(items + mempool(session, hash), "history", session)
    },
    "get_mempool": { session, arguments throws(RPCError) in
      let items = mempool(session, try script(session, arguments))
      session.items = items.count
      return wrapped(items, "history", session)
    },
    "listunspent": { session, arguments throws(RPCError) in
      let hash = try script(session, arguments)
      let items = session.visit.chain.spendable(hash).map { coin in
        WireValue.object([
          WireMember("tx_hash", .string(coin.transaction)),
          WireMember("tx_pos", .integer(coin.index)),
          WireMember("height", .integer(coin.height)),
          WireMember("value", .integer(coin.value)),
        ])
      }
      session.items = items.count
      return wrapped(items, "utxos", session)
    },
    "subscribe": { session, arguments throws(RPCError) in
      let hash = try script(session, arguments)
      _ = try history(&session, hash)
      let status = session.release.status(hash, session.visit.chain)
      guard session.subscriptions.insert(hash, status: status) else {
        throw RPCError(1, "too many subscriptions")
      }
      return status.map { .string($0) } ?? .null
    },
    "unsubscribe": { session, arguments throws(RPCError) in
      let hash = try script(session, arguments)
      return .bool(session.subscriptions.remove(hash))
    },
  ]

  /// Items that fit into a reply of the longest kind.
  static func longestHistory(_ session: ElectrumXSession) -> Int {
    (session.release.maximumSend(session.visit.limits) - 100) / bytesPerItem
  }

  private static func history(
    _ session: inout ElectrumXSession, _ hash: Scripthash
  ) throws(RPCError) -> [ScriptLedger.Entry] {
    let entries = session.visit.chain.history(hash)
    session.items = entries.count
    guard entries.count <= longestHistory(session) else {
      throw RPCError(session.release.longHistoryCode, "history too large")
    }
    return entries
  }

  private static func mempool(_ session: ElectrumXSession, _ hash: Scripthash) -> [WireValue] {
    let order: MempoolOrder = session.release.ordersMempool ? .byHeightThenID : .asInserted
    return session.visit.chain.mempoolEntries(hash, order).map { entry in
      .object([
        WireMember("tx_hash", .string(entry.transaction)),
        WireMember("height", .integer(entry.height)), WireMember("fee", .integer(entry.fee)),
      ])
    }
  }

  /// Lists are members of an object from protocol 1.7 on.
  private static func wrapped(
    _ items: [WireValue], _ key: String, _ session: ElectrumXSession
  ) -> WireValue {
    session.speaksScriptPubKeys ? .object([WireMember(key, .array(items))]) : .array(items)
  }

  private static func script(
    _ session: ElectrumXSession, _ arguments: [WireValue?]
  ) throws(RPCError) -> Scripthash {
    let value = arguments[0] ?? .null
    if session.speaksScriptPubKeys {
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
