import Digests
internal import ElectrumProtocol
internal import SimulatedChain

/// A conversation with Electrum Personal Server: knows its owner's scripts only, is silent where
/// it does not know a method, and closes where it does not understand.
struct PersonalServerSession: ServerSession {
  static let donation = "bc1qe74qzd256kxevq2gn7gmscs564lfk5tqrxqsuy"
  static let protocolMin = "1.1"
  static let protocolMax = "1.4"
  private static let style = WireStyle(spaced: true, escapesNonASCII: true)
  private static let maximumHeaders = 2016

  /// What a query leads to other than a result.
  private enum Outcome: Error {
    case error(WireValue)
    case silence
    case close
  }

  private var visit: Visit
  private var subscriptions = Subscriptions()
  private var busyUntil = 0.0

  init(context: SessionContext) {
    visit = Visit(context: context)
  }

  mutating func receive(_ line: ArraySlice<UInt8>, at time: Double) -> [SessionEffect] {
    guard let document = try? WireDocument(parsing: line, limits: .init(depth: 512)),
      document.repairs.allSatisfy({ $0.kind == .notFinite || $0.kind == .loneSurrogate }),
      let method = document.value["method"]?.text, visit.admits(method, document.value["params"])
    else { return [.close] }
    let id = document.value["id"]
    do throws(Outcome) {
      let result = try call(method, document.value["params"]?.elements)
      guard let id else { return [.close] }
      return timed(
        [
          WireMember("jsonrpc", .string("2.0")), WireMember("result", result),
          WireMember("id", id),
        ], at: time)
    } catch {
      switch error {
      case .silence: return []
      case .close: return [.close]
      case .error(let value):
        guard let id else { return [.close] }
        return timed(
          [
            WireMember("error", value), WireMember("jsonrpc", .string("2.0")),
            WireMember("id", id),
          ], at: time)
      }
    }
  }

  private mutating func timed(_ members: [WireMember], at time: Double) -> [SessionEffect] {
    busyUntil = max(busyUntil, time) + visit.server.serviceDelay
    let bytes = WireValue.object(members).encoded(Self.style)
    return [busyUntil > time ? .sendLater(bytes, seconds: busyUntil - time) : .send(bytes)]
  }

  private mutating func call(
    _ method: String, _ params: [WireValue]?
  ) throws(Outcome) -> WireValue {
    let view = visit.chain
    switch method {
    case "server.version": return try version(params)
    case "server.ping": return .null
    case "server.banner":
      return .string(visit.server.banner ?? Banner.standard(visit.server.statedSoftware))
    case "server.donation_address":
      return .string(visit.server.donationAddress ?? Self.donation)
    case "server.peers.subscribe": return .array([])
    case "mempool.get_fee_histogram": return FeeHistogramValue.list(view, .electrumX)
    case "blockchain.relayfee": return .number(view.relayFee.text)
    case "blockchain.estimatefee":
      guard let value = params?.first else { throw .close }
      let rate = PythonText.int(value).flatMap { view.feeEstimate(blocks: $0) }
      return .number(rate?.text ?? "0.0001")
    case "blockchain.headers.subscribe":
      subscriptions.headers = true
      return ElectrumXBlocks.tip(view)
    case "blockchain.block.header":
      let height = try number(params, 0)
      guard let header = view.header(height) else { throw outOfRange(height) }
      return .string(Hex.text(header.bytes))
    case "blockchain.block.headers": return try headers(params)
    default:
      if method.hasPrefix("blockchain.scripthash.") { return try scriptCall(method, params) }
      return try transactionCall(method, params)
    }
  }

  private func outOfRange(_ height: Int) -> Outcome {
    .error(
      .object([
        WireMember("message", .string("height \(height) out of range")),
        WireMember("code", .integer(-1)),
      ]))
  }

  private func headers(_ params: [WireValue]?) throws(Outcome) -> WireValue {
    let view = visit.chain
    let start = try number(params, 0)
    let wanted = min(try number(params, 1), Self.maximumHeaders)
    let count = start < 0 || start > view.tip ? 0 : max(0, min(wanted, view.tip - start + 1))
    let headers = (0..<count).compactMap { view.header(start + $0) }
    return .object([
      WireMember("hex", .string(Hex.text(headers.flatMap(\.bytes)))),
      WireMember("count", .integer(headers.count)),
      WireMember("max", .integer(Self.maximumHeaders)),
    ])
  }

  /// A script of nobody it knows ends the connection.
  private mutating func scriptCall(
    _ method: String, _ params: [WireValue]?
  ) throws(Outcome) -> WireValue {
    let view = visit.chain
    let known = [
      "blockchain.scripthash.subscribe", "blockchain.scripthash.get_history",
      "blockchain.scripthash.get_balance",
    ]
    guard known.contains(method) else { throw .silence }
    guard let hash = params?.first?.text.flatMap({ Scripthash($0) }), view.ledger(hash) != nil
    else { throw .close }
    switch method {
    case "blockchain.scripthash.subscribe":
      let status = view.status(hash, mempool: .asInserted)
      guard subscriptions.insert(hash, status: status) else { throw .close }
      return status.map { .string($0) } ?? .null
    case "blockchain.scripthash.get_balance":
      return .object([
        WireMember("confirmed", .integer(view.balance(hash))),
        WireMember("unconfirmed", .integer(view.unconfirmedBalance(hash))),
      ])
    default:
      let confirmed = view.history(hash).map { entry in
        WireValue.object([
          WireMember("tx_hash", .string(entry.transaction)),
          WireMember("height", .integer(entry.height)),
        ])
      }
      let pooled = view.mempoolEntries(hash, .asInserted).map { entry in
        WireValue.object([
          WireMember("tx_hash", .string(entry.transaction)),
          WireMember("height", .integer(entry.height)), WireMember("fee", .integer(entry.fee)),
        ])
      }
      return .array(confirmed + pooled)
    }
  }

  private mutating func transactionCall(
    _ method: String, _ params: [WireValue]?
  ) throws(Outcome) -> WireValue {
    let view = visit.chain
    let missing = Outcome.error(.object([WireMember("message", .string("txid not found"))]))
    switch method {
    case "blockchain.transaction.get":
      guard let value = params?.first else { throw .close }
      guard let transaction = value.text.flatMap({ view.transaction($0) }) else { throw missing }
      return .string(Hex.text(transaction.bytes))
    case "blockchain.transaction.get_merkle":
      guard let value = params?.first else { throw .close }
      guard let place = value.text.flatMap({ view.location($0) }) else { throw missing }
      return .object([
        WireMember("block_height", .integer(place.height)),
        WireMember("pos", .integer(place.position)),
        WireMember("merkle", .array(view.merkleBranch(place).map { .string($0) })),
      ])
    case "blockchain.transaction.id_from_pos": return try identifier(params)
    case "blockchain.transaction.broadcast":
      guard let text = params?.first?.text else { throw .close }
      switch NodeAnswer.broadcast(text, &visit) {
      case .accepted(let identifier): return .string(identifier)
      case .false(let reason), .rejected(let reason): throw .error(.string(reason))
      }
    default: throw .silence
    }
  }

  private func identifier(_ params: [WireValue]?) throws(Outcome) -> WireValue {
    let view = visit.chain
    let height = try number(params, 0)
    let position = try number(params, 1)
    guard let transactions = view.transactions(at: height), transactions.indices.contains(position)
    else {
      throw .error(
        .object([WireMember("message", .string("JsonRpcError('Block height out of range')"))]))
    }
    let text = WireValue.string(transactions[position].text)
    guard let params, params.count > 2, params[2] != .bool(false) else { return text }
    let branch = view.merkleBranch(.init(height: height, position: position))
    return .object([
      WireMember("tx_hash", text), WireMember("merkle", .array(branch.map { .string($0) })),
    ])
  }

  private func number(_ params: [WireValue]?, _ index: Int) throws(Outcome) -> Int {
    guard let params, params.indices.contains(index), let number = params[index].integer else {
      throw .close
    }
    return number
  }

  /// A text only: a list of versions is more than it can read.
  private mutating func version(_ params: [WireValue]?) throws(Outcome) -> WireValue {
    guard let params else { throw .close }
    var agreed = Self.protocolMax
    if !params.isEmpty {
      guard params.count > 1 else { throw .close }
      let wanted: Double? =
        switch params[1] {
        case .string(let text), .number(let text): Double(text)
        default: nil
        }
      // Versions are floating-point numbers to it.
      guard let wanted, wanted >= 1.1 else { throw .close }
      guard wanted <= 1.4 else { throw .close }
      agreed = wanted.description
      visit.identify(as: params[0].text ?? "")
    }
    return .array([.string(visit.server.statedSoftware.raw), .string(agreed)])
  }

  /// The method first, as nowhere else.
  mutating func update(_ server: ServerProfile, at time: Double) -> [SessionEffect] {
    let before = visit.chain.header(visit.chain.tip)?.bytes
    visit.learn(server)
    let view = visit.chain
    var notices: [(String, [WireValue])] = []
    if subscriptions.headers, view.header(view.tip)?.bytes != before {
      notices.append(("blockchain.headers.subscribe", [ElectrumXBlocks.tip(view)]))
    }
    for (hash, status) in subscriptions.changedScripts({ view.status($0, mempool: .asInserted) }) {
      notices.append(
        (
          "blockchain.scripthash.subscribe",
          [.string(hash.text), status.map { .string($0) } ?? .null]
        ))
    }
    return notices.map { method, params in
      let message = WireValue.object([
        WireMember("method", .string(method)), WireMember("params", .array(params)),
        WireMember("jsonrpc", .string("2.0")),
      ])
      return .send(message.encoded(Self.style))
    }
  }
}
