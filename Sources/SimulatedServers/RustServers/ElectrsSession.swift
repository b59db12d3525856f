internal import ElectrumProtocol
internal import SimulatedChain

/// A conversation with one of the electrs family: sorted keys, `\n`, one request after the other,
/// no peers. romanz's electrs answers every fault with an error object; the esplora forks of
/// Blockstream and mempool lack features and, in their older form, close where they do not
/// understand.
struct ElectrsSession: ServerSession {
  enum Variant: Sendable {
    /// romanz/electrs.
    case romanz
    /// Blockstream/electrs with error objects.
    case esplora
    /// Older Blockstream and mempool: bare-string errors, unknown methods close.
    case closingEsplora
  }

  let variant: Variant
  var visit: Visit
  var subscriptions = Subscriptions()
  private var busyUntil = 0.0

  static let protocolVersion = "1.4"
  private static let largestBatch = 20

  init(variant: Variant, context: SessionContext) {
    self.variant = variant
    visit = Visit(context: context)
  }

  mutating func receive(_ line: ArraySlice<UInt8>, at time: Double) -> [SessionEffect] {
    guard String(validating: line, as: UTF8.self) != nil else { return [.close] }
    guard let document = try? WireDocument(parsing: line, limits: .init(depth: 127)),
      document.repairs.isEmpty
    else {
      if variant == .closingEsplora { return [.close] }
      return timed(reply(id: .null, RPCError(-32700, "parse error")), at: time)
    }
    guard let items = document.value.elements else {
      return answer(document.value).map { timed($0, at: time) } ?? [.close]
    }
    return batch(items, at: time)
  }

  private mutating func batch(_ items: [WireValue], at time: Double) -> [SessionEffect] {
    switch variant {
    case .closingEsplora: return [.close]
    case .esplora:
      if items.count > visit.limits.maximumBatch ?? Self.largestBatch { return [.close] }
    case .romanz:
      guard items.allSatisfy({ $0["method"]?.text != nil && $0["id"] != nil }) else {
        return timed(reply(id: .null, RPCError(-32600, "invalid request")), at: time)
      }
    }
    var replies: [WireValue] = []
    for item in items {
      guard let reply = answer(item) else { return [.close] }
      replies.append(reply)
    }
    return timed(.array(replies), at: time)
  }

  /// One thread: what comes later waits for what came before.
  private mutating func timed(_ reply: WireValue, at time: Double) -> [SessionEffect] {
    busyUntil = max(busyUntil, time) + visit.server.serviceDelay
    let bytes = reply.encoded()
    return [busyUntil > time ? .sendLater(bytes, seconds: busyUntil - time) : .send(bytes)]
  }

  /// Nil: the connection ends instead.
  private mutating func answer(_ message: WireValue) -> WireValue? {
    guard let method = message["method"]?.text, let id = message["id"] else {
      if variant == .closingEsplora { return nil }
      let id = variant == .romanz ? .null : message["id"] ?? .null
      return reply(id: id, RPCError(-32600, "invalid request"))
    }
    guard visit.admits(method, message["params"]) else { return nil }
    let params: [WireValue]?
    switch message["params"] {
    case .array(let values): params = values
    case nil: params = variant == .romanz ? nil : []
    default:
      guard variant == .romanz else {
        return variant == .esplora ? reply(id: id, RPCError(-32600, "invalid request")) : nil
      }
      params = nil
    }
    do throws(RPCError) {
      let result =
        variant == .romanz
        ? try RomanzMethods.call(method, params, &self)
        : try EsploraMethods.call(method, params ?? [], &self)
      return .object([
        WireMember("id", id), WireMember("jsonrpc", .string("2.0")), WireMember("result", result),
      ])
    } catch {
      if variant == .closingEsplora, error.code == -32601 { return nil }
      return reply(id: id, error)
    }
  }

  private func reply(id: WireValue, _ error: RPCError) -> WireValue {
    let value: WireValue =
      variant == .closingEsplora
      ? .string(error.message)
      : .object([
        WireMember("code", .integer(error.code)), WireMember("message", .string(error.message)),
      ])
    return .object([
      WireMember("error", value), WireMember("id", id), WireMember("jsonrpc", .string("2.0")),
    ])
  }

  /// romanz tells of scripts first, the forks of the header.
  mutating func update(_ server: ServerProfile, at time: Double) -> [SessionEffect] {
    let before = visit.chain.header(visit.chain.tip)?.bytes
    visit.learn(server)
    let view = visit.chain
    var headers: [WireValue] = []
    if subscriptions.headers, view.header(view.tip)?.bytes != before {
      headers = [notification("blockchain.headers.subscribe", [ElectrsScripts.tip(view)])]
    }
    let session = self
    let scripts = subscriptions.changedScripts { ElectrsScripts.status(session, $0) }.map {
      notification(
        "blockchain.scripthash.subscribe",
        [.string($0.hash.text), $0.status.map { .string($0) } ?? .null])
    }
    let notices = variant == .romanz ? scripts + headers : headers + scripts
    return notices.map { .send($0.encoded()) }
  }

  private func notification(_ method: String, _ params: [WireValue]) -> WireValue {
    .object([
      WireMember("jsonrpc", .string("2.0")), WireMember("method", .string(method)),
      WireMember("params", .array(params)),
    ])
  }

  var banner: String { visit.server.banner ?? Banner.standard(visit.server.statedSoftware) }
}
