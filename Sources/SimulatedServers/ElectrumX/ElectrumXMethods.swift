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
    if let method = outpointMethod(name, protocolVersion) { return method }
    if let method = packageMethod(name, session.release, protocolVersion) { return method }
    return feeMethod(name, protocolVersion)
  }

  private static func outpointMethod(
    _ name: String, _ version: ProtocolVersion?
  ) -> ElectrumXMethod? {
    guard isAtLeast("1.7", version) else { return nil }
    return switch name {
    case "blockchain.outpoint.subscribe":
      ElectrumXMethod(["tx_hash", "txout_idx", "spk_hint"], run: ElectrumXOutpoints.subscribe)
    case "blockchain.outpoint.get_status":
      ElectrumXMethod(["tx_hash", "txout_idx", "spk_hint"], run: ElectrumXOutpoints.status)
    case "blockchain.outpoint.unsubscribe":
      ElectrumXMethod(["tx_hash", "txout_idx"], run: ElectrumXOutpoints.unsubscribe)
    default: nil
    }
  }

  private static func packageMethod(
    _ name: String, _ release: ElectrumXRelease, _ version: ProtocolVersion?
  ) -> ElectrumXMethod? {
    switch name {
    case "blockchain.transaction.broadcast_package"
    where release.takesPackages && (release.listsPackageIdentifiers || isAtLeast("1.6", version)):
      ElectrumXMethod(["raw_txs", "verbose"], required: 1, run: ElectrumXPackages.broadcast)
    case "blockchain.transaction.testmempoolaccept" where isAtLeast("1.7", version):
      ElectrumXMethod(["raw_txs"], run: ElectrumXPackages.testAcceptance)
    default: nil
    }
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
      ElectrumXMethod { session, _ in .number(session.visit.chain.relayFee.text) }
    case "mempool.get_info" where isAtLeast("1.6", version):
      ElectrumXMethod { session, _ in ElectrumXFees.node(session.visit.chain) }
    case "mempool.recent" where isAtLeast("1.7", version):
      ElectrumXMethod { session, _ in ElectrumXFees.recent(session.visit.chain) }
    case "mempool.get_fee_histogram":
      ElectrumXMethod { session, _ in
        FeeHistogramValue.list(session.visit.chain, .electrumX)
      }
    case "blockchain.estimatefee":
      ElectrumXMethod(["number", "mode"], required: 1, run: ElectrumXFees.estimate)
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
      .string(session.visit.server.donationAddress ?? "")
    },
    "server.features": ElectrumXMethod { session, _ in session.features },
    "server.peers.subscribe": ElectrumXMethod { session, _ in
      .array(PeerSample.bucketed(session.visit.server.peers, &session.visit.context.random))
    },
    "server.ping": ElectrumXMethod { _, _ in .null },
    "server.add_peer": ElectrumXMethod(["features"]) { _, _ in .bool(false) },
  ]

  /// 2.0 takes padding in both directions, and shows it from protocol 1.7 on.
  private static let paddedPing = ElectrumXMethod(["pong_len", "data"], required: 0) {
    session, arguments throws(RPCError) in
    guard session.speaksScriptPubKeys else { return .null }
    if let data = arguments[1], data.text?.utf8.allSatisfy({ isHex($0) }) != true {
      throw RPCError(1, "\(PythonText.str(data)) should be a hex string")
    }
    let length = try ElectrumXBlocks.nonNegative(arguments[0] ?? .integer(0))
    guard length <= session.release.maximumSend(session.visit.limits) else {
      throw RPCError(1, "pong_len value too high")
    }
    return .object([WireMember("data", .string(String(repeating: "0", count: length)))])
  }

  private static func isHex(_ character: UInt8) -> Bool {
    switch character {
    case 48...57, 65...70, 97...102: true
    default: false
    }
  }

  private static let blockchain: [String: ElectrumXMethod] = [
    "blockchain.headers.subscribe": ElectrumXMethod { session, _ in
      session.subscriptions.headers = true
      return ElectrumXBlocks.tip(session.visit.chain)
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
      try ElectrumXTransactions.broadcast(&session, arguments)
    },
  ]
}
