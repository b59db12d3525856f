internal import ElectrumProtocol
internal import SimulatedChain

/// One method with the number of parameters it takes.
struct FulcrumMethod: Sendable {
  typealias Body = @Sendable (inout FulcrumSession, [WireValue]) throws(RPCError) -> WireValue

  var minimum: Int
  var maximum: Int
  var run: Body

  init(_ minimum: Int = 0, _ maximum: Int? = nil, run: @escaping Body) {
    self.minimum = minimum
    self.maximum = maximum ?? minimum
    self.run = run
  }

  func check(_ params: WireValue, method: String) throws(RPCError) -> [WireValue] {
    guard let values = params.elements else {
      throw RPCError(-32602, "Named params are not supported for this method")
    }
    if values.count < minimum { throw refusal("least", minimum, method, values.count) }
    if values.count > maximum { throw refusal("most", maximum, method, values.count) }
    return values
  }

  private func refusal(_ bound: String, _ limit: Int, _ method: String, _ count: Int) -> RPCError {
    let noun = limit == 1 ? "parameter" : "parameters"
    return RPCError(
      -32602, "Expected at \(bound) \(limit) \(noun) for \(method), got \(count) instead")
  }
}

/// The methods of Fulcrum on Bitcoin; objects have sorted keys.
enum FulcrumMethods {
  static let defaultDonation = "1Ca1inCimwRhhcpFX84TPRrPQSryTgKW6N"

  static let table: [String: FulcrumMethod] = server.merging(chain) { first, _ in first }
    .merging(FulcrumScripts.table) { first, _ in first }

  /// What an unknown or disabled method is answered.
  static func refusal(of method: String) -> RPCError {
    if method.hasPrefix("blockchain.address.") {
      return RPCError(-32601, "blockchain.address.* methods are only available on BCH")
    }
    if method.hasPrefix("blockchain.transaction.dsproof.") {
      return RPCError(-32601, "This server lacks dsproof support")
    }
    if method == "daemon.passthrough" {
      return RPCError(-32601, "Method disabled for this client")
    }
    return RPCError(-32601, "Unsupported request: \(latin1(method))")
  }

  /// Each UTF-8 byte as one character: Fulcrum encodes texts twice.
  static func latin1(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for byte in text.utf8 { result.append(Unicode.Scalar(byte)) }
    return String(result)
  }

  private static let server: [String: FulcrumMethod] = [
    "server.version": FulcrumMethod(0, 100) { session, values throws(RPCError) in
      try session.identify(values)
    },
    "server.banner": FulcrumMethod { session, _ in
      let server = session.context.server
      return .string(server.banner ?? "Connected to a \(server.software.raw) server")
    },
    "server.donation_address": FulcrumMethod { session, _ in
      .string(session.context.server.donationAddress ?? defaultDonation)
    },
    "server.features": FulcrumMethod { session, _ in session.features },
    "server.peers.subscribe": FulcrumMethod { session, _ in
      .array(PeerSample.complete(session.context.server.peers))
    },
    "server.ping": FulcrumMethod { _, _ in .null },
    "server.add_peer": FulcrumMethod(1) { _, values throws(RPCError) in
      guard let members = values[0].members, !members.isEmpty else {
        throw RPCError(1, "server.add_peer expected a non-empty dictionary argument")
      }
      return .bool(false)
    },
    "mempool.get_fee_histogram": FulcrumMethod { _, _ in .array([]) },
    "mempool.get_info": FulcrumMethod { _, _ in
      .object([
        WireMember("fullrbf", .bool(true)),
        WireMember("incrementalrelayfee", .number(FeeTable.relay)),
        WireMember("mempoolminfee", .number(FeeTable.relay)),
        WireMember("minrelaytxfee", .number(FeeTable.relay)),
        WireMember("unbroadcastcount", .integer(0)),
      ])
    },
  ]

  private static let chain: [String: FulcrumMethod] = [
    "blockchain.headers.subscribe": FulcrumMethod { session, _ in FulcrumBlocks.tip(session) },
    "blockchain.headers.get_tip": FulcrumMethod { session, _ in FulcrumBlocks.tip(session) },
    "blockchain.headers.unsubscribe": FulcrumMethod { _, _ in .bool(false) },
    "blockchain.block.header": FulcrumMethod(1, 2) { session, values throws(RPCError) in
      try FulcrumBlocks.header(session, values)
    },
    "blockchain.block.headers": FulcrumMethod(2, 3) { session, values throws(RPCError) in
      try FulcrumBlocks.headers(session, values)
    },
    "blockchain.relayfee": FulcrumMethod { _, _ in .number(FeeTable.relay) },
    "blockchain.estimatefee": FulcrumMethod(1, 2) { _, values throws(RPCError) in
      guard let blocks = PythonText.int(values[0]), blocks >= 0 else {
        throw RPCError(
          1, "blockchain.estimatefee first parameter should be a non-negative integer")
      }
      guard (1...1008).contains(blocks) else {
        throw RPCError(2, "Invalid conf_target, must be between 1 and 1008")
      }
      return .number(FeeTable.estimate(blocks: blocks))
    },
    "blockchain.transaction.get": FulcrumMethod(1, 2) { session, values throws(RPCError) in
      try FulcrumTransactions.get(session, values)
    },
    "blockchain.transaction.get_merkle": FulcrumMethod(1, 2) { session, values throws(RPCError) in
      try FulcrumTransactions.merkle(session, values)
    },
    "blockchain.transaction.get_height": FulcrumMethod(1) { session, values throws(RPCError) in
      let text = try FulcrumTransactions.identifier(values[0])
      return session.context.server.chain.location(text).map { .integer($0.height) } ?? .null
    },
    "blockchain.transaction.id_from_pos": FulcrumMethod(2, 3) {
      session, values throws(RPCError) in
      try FulcrumTransactions.identifierAt(session, values)
    },
    "blockchain.transaction.get_confirmed_blockhash": FulcrumMethod(1, 2) {
      session, values throws(RPCError) in
      try FulcrumTransactions.block(session, values)
    },
    "blockchain.transaction.broadcast": FulcrumMethod(1) { session, values throws(RPCError) in
      let reason = NodeAnswer.rejection(
        of: values[0].text ?? "", chain: session.context.server.chain)
      throw RPCError(1, "the transaction was rejected by network rules.\n\n\(reason)\n")
    },
  ]
}
