internal import ElectrumProtocol
internal import SimulatedChain

/// A conversation with one of the electrs family: sorted keys, `\n`, no peers. romanz's electrs
/// answers every fault with an error object; the esplora forks of Blockstream and mempool lack
/// features and, in their older form, close where they do not understand.
struct ElectrsSession: ServerSession {
  enum Variant: Sendable {
    /// romanz/electrs.
    case romanz
    /// Blockstream/electrs since 2021: error objects.
    case esplora
    /// Older Blockstream and mempool: bare-string errors, unknown methods close.
    case closingEsplora
  }

  let variant: Variant
  let context: SessionContext
  private var requests = 0

  private static let protocolVersion = "1.4"

  init(variant: Variant, context: SessionContext) {
    self.variant = variant
    self.context = context
  }

  mutating func receive(_ line: ArraySlice<UInt8>, at time: Double) -> [SessionEffect] {
    guard let document = try? WireDocument(parsing: line, limits: .init(depth: 128)),
      document.repairs.isEmpty
    else { return fault(-32700, "parse error", id: .null) }
    if let items = document.value.elements { return batch(items) }
    return answer(document.value)
  }

  private mutating func batch(_ items: [WireValue]) -> [SessionEffect] {
    if variant == .closingEsplora { return [.close] }
    var parts: [[UInt8]] = []
    for item in items {
      for effect in answer(item) {
        if case .send(let bytes) = effect { parts.append(bytes) } else { return [.close] }
      }
    }
    return [
      .send(
        [UInt8(ascii: "[")] + parts.joined(separator: [UInt8(ascii: ",")])
          + [UInt8(ascii: "]")])
    ]
  }

  private mutating func answer(_ message: WireValue) -> [SessionEffect] {
    guard let method = message["method"]?.text, let id = message["id"] else {
      return fault(-32600, "invalid request", id: .null)
    }
    requests += 1
    let params: [WireValue]
    switch message["params"] {
    case nil: params = []
    case .array(let values): params = values
    default: return fault(-32600, "invalid request", id: id)
    }
    do throws(RPCError) {
      return [.send(envelope(id: id, result: try call(method, params)))]
    } catch {
      return fault(error.code, error.message, id: id)
    }
  }

  private func fault(_ code: Int, _ message: String, id: WireValue) -> [SessionEffect] {
    if variant == .closingEsplora {
      if code != 1 { return [.close] }
      return [.send(envelope(id: id, error: .string(message)))]
    }
    let error = WireValue.object([
      WireMember("code", .integer(code)), WireMember("message", .string(message)),
    ])
    return [.send(envelope(id: id, error: error))]
  }

  private func envelope(id: WireValue, error: WireValue) -> [UInt8] {
    WireValue.object([
      WireMember("error", error), WireMember("id", id), WireMember("jsonrpc", .string("2.0")),
    ]).encoded()
  }

  private func envelope(id: WireValue, result: WireValue) -> [UInt8] {
    WireValue.object([
      WireMember("id", id), WireMember("jsonrpc", .string("2.0")), WireMember("result", result),
    ]).encoded()
  }

  private func call(_ method: String, _ params: [WireValue]) throws(RPCError) -> WireValue {
    let view = context.server.chain
    switch method {
    case "server.version": return try version(params)
    case "server.banner": return .string(context.server.banner ?? defaultBanner)
    case "server.donation_address": return .null
    case "server.ping": return .null
    case "server.peers.subscribe": return .array([])
    case "server.features" where variant == .romanz: return features
    case "mempool.get_fee_histogram": return .array([])
    case "blockchain.relayfee": return .number(FeeTable.relay)
    case "blockchain.estimatefee":
      guard let blocks = params.first?.integer, blocks >= 0 else { throw invalidParams("estimate") }
      return .number(FeeTable.estimate(blocks: blocks))
    case "blockchain.headers.subscribe":
      return .object([
        WireMember("height", .integer(view.tip)),
        WireMember("hex", .string(Hex.text(view.header(view.tip)?.bytes ?? []))),
      ])
    case "blockchain.block.header":
      guard let height = params.first?.integer else { throw invalidParams("missing height") }
      guard let header = view.header(height) else {
        throw variant == .romanz
          ? RPCError(1, "no header at \(height)") : RPCError(-32603, "missing header")
      }
      return .string(Hex.text(header.bytes))
    default: return try scriptCall(method, params)
    }
  }

  private func scriptCall(
    _ method: String, _ params: [WireValue]
  ) throws(RPCError) -> WireValue {
    let prefix = "blockchain.scripthash."
    let verb = method.hasPrefix(prefix) ? String(method.dropFirst(prefix.count)) : ""
    guard ["get_balance", "get_history", "listunspent", "subscribe"].contains(verb) else {
      throw RPCError(
        -32601, variant == .romanz ? "method not found" : "unknown method \(method)")
    }
    guard let value = params.first else { throw invalidParams("missing hash") }
    guard let hash = value.text.flatMap({ Scripthash($0) }) else {
      throw invalidParams("non-hex hash")
    }
    let view = context.server.chain
    switch verb {
    case "get_balance":
      return .object([
        WireMember("confirmed", .integer(view.balance(hash))),
        WireMember("unconfirmed", .integer(0)),
      ])
    case "get_history":
      return .array(
        view.history(hash).map { entry in
          .object([
            WireMember("height", .integer(entry.height)),
            WireMember("tx_hash", .string(entry.transaction)),
          ])
        })
    case "listunspent":
      return .array(
        view.unspent(hash).map { coin in
          .object([
            WireMember("height", .integer(coin.created)),
            WireMember("tx_hash", .string(coin.transaction)),
            WireMember("tx_pos", .integer(coin.index)),
            WireMember("value", .integer(coin.value)),
          ])
        })
    default: return view.status(hash).map { .string($0) } ?? .null
    }
  }

  /// romanz checks its two arguments strictly; the forks ignore them.
  private func version(_ params: [WireValue]) throws(RPCError) -> WireValue {
    let answer = WireValue.array([
      .string(context.server.software.raw), .string(Self.protocolVersion),
    ])
    guard variant == .romanz else { return answer }
    guard params.count == 2, params[0].text != nil else { throw invalidParams("version") }
    let range: [ProtocolVersion?]
    switch params[1] {
    case .string(let text): range = [ProtocolVersion(text), ProtocolVersion(text)]
    case .array(let pair) where pair.count == 2:
      range = pair.map { $0.text.flatMap { ProtocolVersion($0) } }
    default: throw invalidParams("version")
    }
    guard let low = range[0], let high = range[1], let own = ProtocolVersion(Self.protocolVersion)
    else { throw invalidParams("version") }
    guard low <= own, own <= high else {
      throw RPCError(1, "unsupported request [\(low), \(high)]")
    }
    return answer
  }

  private func invalidParams(_ detail: String) -> RPCError {
    switch variant {
    case .romanz: RPCError(-32602, "invalid params")
    case .esplora: RPCError(-32602, detail)
    case .closingEsplora: RPCError(1, "bad script_hash")
    }
  }

  private var defaultBanner: String {
    let version = context.server.software.version ?? ""
    return variant == .romanz
      ? "Welcome to electrs \(version) (Electrum Rust Server)!"
      : "Welcome to electrs-esplora \(version)"
  }

  private var features: WireValue {
    .object([
      WireMember("genesis_hash", .string(context.server.chain.genesisHash)),
      WireMember("hash_function", .string("sha256")),
      WireMember(
        "hosts",
        .object([
          WireMember(
            "0.0.0.0",
            .object([WireMember("tcp_port", .integer(context.server.tcpPort ?? 50001))]))
        ])),
      WireMember("protocol_max", .string(Self.protocolVersion)),
      WireMember("protocol_min", .string(Self.protocolVersion)), WireMember("pruning", .null),
      WireMember("server_version", .string(context.server.software.raw)),
    ])
  }
}
