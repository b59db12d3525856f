internal import ElectrumProtocol
internal import SimulatedChain

/// Which methods a session has, by release and negotiated protocol.
enum ElectrumXMethods {
  static func named(_ name: String, in session: ElectrumXSession) -> ElectrumXMethod? {
    let protocolVersion = session.negotiated ?? ElectrumXMethods.version("1.4")
    if let method = server[name] {
      if name == "server.version", session.release.ignoresVersionExtras {
        var relaxed = method
        relaxed.ignoresExtras = true
        return relaxed
      }
      if name == "server.ping", session.release.speaksScriptPubKeys { return paddedPing }
      return method
    }
    if let method = blockchain[name] { return method }
    if let method = scriptMethod(name, protocolVersion) { return method }
    return feeMethod(name, protocolVersion)
  }

  static func version(_ text: String) -> ProtocolVersion? { ProtocolVersion(text) }

  private static func isAtLeast(_ text: String, _ version: ProtocolVersion?) -> Bool {
    guard let version, let bound = ProtocolVersion(text) else { return false }
    return version >= bound
  }

  /// Scripthash methods up to protocol 1.6, scriptPubKey methods from 1.7.
  private static func scriptMethod(
    _ name: String, _ version: ProtocolVersion?
  ) -> ElectrumXMethod? {
    let byScript = isAtLeast("1.7", version)
    let prefix = byScript ? "blockchain.scriptpubkey." : "blockchain.scripthash."
    guard name.hasPrefix(prefix) else { return nil }
    let verb = String(name.dropFirst(prefix.count))
    if verb == "unsubscribe", !isAtLeast("1.4.2", version) { return nil }
    guard let body = ElectrumXScripts.bodies[verb] else { return nil }
    return ElectrumXMethod([byScript ? "scriptpubkey" : "scripthash"], run: body)
  }

  private static func feeMethod(
    _ name: String, _ version: ProtocolVersion?
  ) -> ElectrumXMethod? {
    switch name {
    case "blockchain.relayfee" where !isAtLeast("1.6", version):
      ElectrumXMethod { _, _ in .number(FeeTable.relay) }
    case "mempool.get_info" where isAtLeast("1.6", version):
      ElectrumXMethod { _, _ in
        .object(
          ["mempoolminfee", "minrelaytxfee", "incrementalrelayfee"].map {
            WireMember($0, .number(FeeTable.relay))
          })
      }
    case "mempool.get_fee_histogram": ElectrumXMethod { _, _ in .array([]) }
    case "blockchain.estimatefee":
      ElectrumXMethod(["number", "mode"], required: 1) { _, arguments throws(RPCError) in
        let blocks = try ElectrumXBlocks.nonNegative(arguments[0])
        if let mode = arguments[1], !mode.isNull,
          !["CONSERVATIVE", "ECONOMICAL"].contains(mode.text ?? "")
        {
          throw RPCError(1, "unknown estimatefee mode: \(PythonText.str(mode))")
        }
        return .number(FeeTable.estimate(blocks: min(max(blocks, 1), 1008)))
      }
    default: nil
    }
  }

  private static let server: [String: ElectrumXMethod] = [
    "server.version": ElectrumXMethod(["client_name", "protocol_version"], required: 0) {
      session, arguments throws(RPCError) in
      try session.identify(name: arguments[0], requested: arguments[1])
    },
    "server.banner": ElectrumXMethod { session, _ in .string(session.banner) },
    "server.donation_address": ElectrumXMethod { session, _ in
      .string(session.context.server.donationAddress ?? "")
    },
    "server.features": ElectrumXMethod { session, _ in session.features },
    "server.peers.subscribe": ElectrumXMethod { session, _ in
      .array(PeerSample.bucketed(session.context.server.peers, &session.context.random))
    },
    "server.ping": ElectrumXMethod { _, _ in .null },
    "server.add_peer": ElectrumXMethod(["features"]) { _, _ in .bool(false) },
  ]

  /// 2.0 takes padding in both directions, and shows it from protocol 1.7 on.
  private static let paddedPing = ElectrumXMethod(["pong_len", "data"], required: 0) {
    session, arguments throws(RPCError) in
    guard ElectrumXMethods.isAtLeast("1.7", session.negotiated), let length = arguments[0] else {
      return .null
    }
    let bytes = min(max(PythonText.int(length) ?? 0, 0), 1_000_000)
    return .object([WireMember("data", .string(String(repeating: "0", count: bytes)))])
  }

  private static let blockchain: [String: ElectrumXMethod] = [
    "blockchain.headers.subscribe": ElectrumXMethod { session, _ in
      let view = session.context.server.chain
      return .object([
        WireMember("hex", .string(Hex.text(view.header(view.tip)?.bytes ?? []))),
        WireMember("height", .integer(view.tip)),
      ])
    },
    "blockchain.block.header": ElectrumXMethod(["height", "cp_height"], required: 1) {
      session, arguments throws(RPCError) in
      try ElectrumXBlocks.header(session, arguments)
    },
    "blockchain.block.headers": ElectrumXMethod(
      ["start_height", "count", "cp_height"], required: 2
    ) { session, arguments throws(RPCError) in
      try ElectrumXBlocks.headers(session, arguments)
    },
    "blockchain.transaction.get": ElectrumXMethod(["tx_hash", "verbose"], required: 1) {
      session, arguments throws(RPCError) in
      try ElectrumXTransactions.get(session, arguments)
    },
    "blockchain.transaction.get_merkle": ElectrumXMethod(["tx_hash", "height"]) {
      session, arguments throws(RPCError) in
      try ElectrumXTransactions.merkle(session, arguments)
    },
    "blockchain.transaction.id_from_pos": ElectrumXMethod(
      ["height", "tx_pos", "merkle"], required: 2
    ) { session, arguments throws(RPCError) in
      try ElectrumXTransactions.identifier(session, arguments)
    },
    "blockchain.transaction.broadcast": ElectrumXMethod(["raw_tx"]) {
      session, arguments throws(RPCError) in
      try ElectrumXTransactions.broadcast(session, arguments)
    },
  ]
}
