internal import ElectrumProtocol
internal import SimulatedChain

/// The methods of Fulcrum on Bitcoin; objects have sorted keys.
enum FulcrumMethods {
  static let defaultDonation = "1Ca1inCimwRhhcpFX84TPRrPQSryTgKW6N"

  static let table: [String: FulcrumMethod] = server.merging(chain) { first, _ in first }
    .merging(FulcrumScripts.table) { first, _ in first }
    .merging(FulcrumTransactions.table) { first, _ in first }

  /// What an unknown or disabled method is answered.
  static func refusal(of method: String, _ release: FulcrumRelease) -> RPCError {
    if method.hasPrefix("blockchain.address."), release.namesAddressMethods {
      return RPCError(-32601, "blockchain.address.* methods are only available on BCH")
    }
    if method.hasPrefix("blockchain.transaction.dsproof.") {
      return RPCError(-32601, "This server lacks dsproof support")
    }
    if method == "daemon.passthrough" {
      return RPCError(-32601, "Method disabled for this client")
    }
    return RPCError(-32601, "Unsupported request: \(FulcrumMessage.latin1(method))")
  }

  private static let server: [String: FulcrumMethod] = [
    "server.version": FulcrumMethod(0, 100, isQuick: true) { session, values throws(RPCError) in
      try session.identify(values)
    },
    "server.banner": FulcrumMethod(isQuick: true) { session, _ in .string(session.banner) },
    "server.donation_address": FulcrumMethod(isQuick: true) { session, _ in
      .string(session.visit.server.donationAddress ?? defaultDonation)
    },
    "server.features": FulcrumMethod(isQuick: true) { session, _ in session.features },
    "server.peers.subscribe": FulcrumMethod(isQuick: true) { session, _ in
      .array(PeerSample.complete(session.visit.server.peers))
    },
    "server.ping": FulcrumMethod(isQuick: true) { _, _ in .null },
    "server.add_peer": FulcrumMethod(1, isQuick: true) { _, values throws(RPCError) in
      guard let members = values[0].members, !members.isEmpty else {
        throw RPCError(1, "server.add_peer expected a non-empty dictionary argument")
      }
      return .bool(false)
    },
    "mempool.get_fee_histogram": FulcrumMethod(isQuick: true) { session, _ in
      FeeHistogramValue.list(session.visit.chain, .fulcrum)
    },
    "mempool.get_info": FulcrumMethod(since: [2], isQuick: true) { session, _ in
      let view = session.visit.chain
      return .object([
        WireMember("fullrbf", .bool(view.node.policy.fullReplaceByFee)),
        WireMember("incrementalrelayfee", .number(view.relayFee.text)),
        WireMember("mempoolminfee", .number(view.mempoolMinimumFee.text)),
        WireMember("minrelaytxfee", .number(view.relayFee.text)),
        WireMember("unbroadcastcount", .integer(0)),
      ])
    },
  ]

  private static let chain: [String: FulcrumMethod] = [
    "blockchain.headers.subscribe": FulcrumMethod(isQuick: true) { session, _ in
      session.subscriptions.headers = true
      return FulcrumBlocks.tip(session)
    },
    "blockchain.headers.get_tip": FulcrumMethod(since: [1, 9], isQuick: true) { session, _ in
      FulcrumBlocks.tip(session)
    },
    "blockchain.headers.unsubscribe": FulcrumMethod(isQuick: true) { session, _ in
      let wasSubscribed = session.subscriptions.headers
      session.subscriptions.headers = false
      return .bool(wasSubscribed)
    },
    "blockchain.header.get": FulcrumMethod(1, since: [1, 9]) { session, values throws(RPCError) in
      try FulcrumBlocks.headerWithHeight(session, values)
    },
    "blockchain.block.header": FulcrumMethod(1, 2) { session, values throws(RPCError) in
      try FulcrumBlocks.header(session, values)
    },
    "blockchain.block.headers": FulcrumMethod(2, 3) { session, values throws(RPCError) in
      try FulcrumBlocks.headers(session, values)
    },
    "blockchain.relayfee": FulcrumMethod(isQuick: true) { session, _ in
      .number(session.visit.chain.relayFee.text)
    },
    "blockchain.estimatefee": FulcrumMethod(1, 2) { session, values throws(RPCError) in
      guard let blocks = FulcrumMessage.count(values[0]), blocks >= 0 else {
        throw RPCError(
          1, "blockchain.estimatefee first parameter should be a non-negative integer")
      }
      guard let rate = session.visit.chain.feeEstimate(blocks: blocks) else {
        throw RPCError(2, "Invalid conf_target, must be between 1 and 1008")
      }
      return .number(rate.text)
    },
    // Reusable addresses are switched off by default.
    "blockchain.rpa.get_history": FulcrumMethod(2, 4, since: [1, 10], run: lacksPrefixIndex),
    "blockchain.rpa.get_mempool": FulcrumMethod(1, since: [1, 10], run: lacksPrefixIndex),
    "blockchain.reusable.get_history": FulcrumMethod(3, since: [1, 10], run: lacksPrefixIndex),
    "blockchain.reusable.get_mempool": FulcrumMethod(1, since: [1, 10], run: lacksPrefixIndex),
  ]

  private static let lacksPrefixIndex: FulcrumMethod.Body = { _, _ throws(RPCError) in
    throw RPCError(-32601, "This server lacks RPA support")
  }
}
