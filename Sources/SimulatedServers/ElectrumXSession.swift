internal import ElectrumProtocol

/// A conversation with ElectrumX: its JSON-RPC layer. The methods are in `ElectrumXMethods`.
struct ElectrumXSession: ServerSession {
  /// Fixed by the first message of a connection.
  enum Dialect: Sendable {
    case version1, loose, version2
  }

  let release: ElectrumXRelease
  var context: SessionContext
  var dialect: Dialect?
  /// Set by `server.version`.
  var negotiated: ProtocolVersion?
  var subscriptions: Set<Scripthash> = []
  private var cost = 5.0
  private var requests = 0
  private var notices: [[UInt8]] = []

  private static let hardLimit = 10_000.0
  private static let errorCost = 100.0
  private static let junkCost = 1_100.0
  private static let bytesPerUnit = 5_000.0
  private static let nestingLimit = 900

  init(context: SessionContext) {
    self.context = context
    release = ElectrumXRelease(version: context.server.software.version ?? "")
  }

  var padding: PaddedSendBuffer.Rule? { release.padding }

  mutating func receive(_ line: ArraySlice<UInt8>, at time: Double) -> [SessionEffect] {
    cost += Double(line.count) / Self.bytesPerUnit
    guard String(validating: line, as: UTF8.self) != nil else {
      return junk(-32700, "messages must be encoded in UTF-8")
    }
    let value: WireValue
    do throws(WireDefect) {
      let document = try WireDocument(parsing: line, limits: .init(depth: Self.nestingLimit))
      guard document.repairs.allSatisfy({ $0.kind == .notFinite || $0.kind == .loneSurrogate })
      else { return junk(-32700, "invalid JSON") }
      value = document.value
    } catch {
      if error.kind == .tooDeep { return release.closesOnDeepNesting ? [.abort] : [] }
      return junk(-32700, "invalid JSON")
    }
    if let items = value.elements { return batch(items) }
    guard value.members != nil else { return junk(-32600, "request object must be a dictionary") }
    detectDialect(value)
    let (reply, closes) = answer(value)
    return effects(reply.map { $0.encoded(release.style) }, closes: closes)
  }

  /// Notices first, then the reply, then the end.
  private mutating func effects(_ reply: [UInt8]?, closes: Bool) -> [SessionEffect] {
    var result = notices.map { SessionEffect.send($0) }
    notices = []
    if let reply { result.append(.send(reply)) }
    if closes { result.append(.close) }
    return result
  }

  private mutating func junk(_ code: Int, _ message: String) -> [SessionEffect] {
    cost += Self.junkCost
    let reply = envelope(id: .null, error: RPCError(code, message))
    return [.send(reply.encoded(release.style))]
  }

  /// Faulty items first; all are joined by `, ` whatever the style of each.
  private mutating func batch(_ items: [WireValue]) -> [SessionEffect] {
    if items.isEmpty { return junk(-32600, "batch is empty") }
    if let first = items.first { detectDialect(first) }
    let fault = envelope(
      id: .null, error: RPCError(-32600, "request object must be a dictionary"))
    var parts = items.filter { $0.members == nil }.map { _ in fault.encoded(release.style) }
    var closes = false
    for item in items where !closes && item.members != nil {
      let (reply, ends) = answer(item)
      if let reply { parts.append(reply.encoded(release.style)) }
      closes = closes || ends
    }
    if parts.isEmpty { return effects(nil, closes: closes) }
    let joined = parts.joined(separator: Array(", ".utf8))
    return effects([UInt8(ascii: "[")] + joined + [UInt8(ascii: "]")], closes: closes)
  }

  private mutating func detectDialect(_ message: WireValue) {
    guard dialect == nil else { return }
    dialect =
      switch message["jsonrpc"]?.text {
      case "1.0": .version1
      case "2.0": .version2
      default: .loose
      }
  }

  /// The reply object, if there is one, and whether the connection ends.
  private mutating func answer(_ message: WireValue) -> (WireValue?, Bool) {
    guard let method = message["method"] else { return (nil, false) }
    let id = message["id"] ?? .null
    switch id {
    case .array, .object:
      let error = RPCError(-32600, "invalid \"id\": \(PythonText.repr(id))")
      return (envelope(id: .null, error: error), false)
    default: break
    }
    do throws(RPCError) {
      if dialect == .version2, message["jsonrpc"]?.text != "2.0" {
        throw RPCError(-32600, "\"jsonrpc\" is not \"2.0\"")
      }
      let result = try call(method, message["params"])
      return (id.isNull ? nil : envelope(id: id, result: result), false)
    } catch {
      cost += Self.errorCost
      let silent = id.isNull && !error.closes
      return (silent ? nil : envelope(id: id, error: error), error.closes)
    }
  }

  private mutating func call(
    _ method: WireValue, _ params: WireValue?
  ) throws(RPCError) -> WireValue {
    guard let name = method.text else { throw RPCError(-32601, "method must be a string") }
    requests += 1
    if cost >= Self.hardLimit || requests > context.server.requestLimit ?? .max {
      throw RPCError(-101, "excessive resource usage", closes: true)
    }
    if release.refusesUnidentified, negotiated == nil, name != "server.version" {
      crashOldClient()
      throw RPCError(1, "use server.version to identify client", closes: true)
    }
    guard let known = ElectrumXMethods.named(name, in: self) else {
      throw RPCError(-32601, "unknown method \"\(name)\"")
    }
    let arguments = try known.arguments(params ?? .array([]), method: name)
    return try known.run(&self, arguments)
  }

  /// Two notifications that very old wallets do not survive.
  mutating func crashOldClient() {
    for method in ["blockchain.relayfee", "blockchain.estimatefee"] {
      let notice = WireValue.object([
        WireMember("jsonrpc", .string("2.0")), WireMember("method", .string(method)),
      ])
      notices.append(notice.encoded(release.style))
    }
  }

  private func envelope(id: WireValue, result: WireValue) -> WireValue {
    if dialect == .version1 {
      return .object([
        WireMember("result", result), WireMember("error", .null), WireMember("id", echoed(id)),
      ])
    }
    return .object([
      WireMember("jsonrpc", .string("2.0")), WireMember("result", result),
      WireMember("id", echoed(id)),
    ])
  }

  private func envelope(id: WireValue, error: RPCError) -> WireValue {
    let object = WireValue.object([
      WireMember("code", .integer(error.code)), WireMember("message", .string(error.message)),
    ])
    if dialect == .version1 {
      return .object([
        WireMember("result", .null), WireMember("error", object), WireMember("id", echoed(id)),
      ])
    }
    return .object([
      WireMember("jsonrpc", .string("2.0")), WireMember("error", object),
      WireMember("id", echoed(id)),
    ])
  }

  private func echoed(_ id: WireValue) -> WireValue {
    if case .number(let text) = id { .number(PythonText.number(text)) } else { id }
  }
}
