internal import ElectrumProtocol

/// What differs between releases of Fulcrum on the wire.
struct FulcrumRelease: Sendable, Equatable {
  /// Without a third component where that is zero.
  let protocolMax: String
  /// 2.0 and later state whether the node takes packages.
  let statesPackages: Bool

  static let protocolMin = "1.4"

  init(version: String) {
    let number = ProtocolVersion(version)?.parts ?? [2]
    func atLeast(_ bound: [Int]) -> Bool { !number.lexicographicallyPrecedes(bound) }
    protocolMax =
      if atLeast([2]) { "1.6" } else if atLeast([1, 10]) { "1.5.3" } else if atLeast([1, 9, 5]) {
        "1.5.2"
      } else if atLeast([1, 9, 1]) { "1.5.1" } else { "1.5" }
    statesPackages = atLeast([2])
  }
}

/// A conversation with Fulcrum: its JSON-RPC layer. The methods are in `FulcrumMethods`.
struct FulcrumSession: ServerSession {
  let release: FulcrumRelease
  var context: SessionContext
  var negotiated: ProtocolVersion?
  var subscriptions: Set<Scripthash> = []
  private var errors = 0
  private var requests = 0

  private static let errorAllowance = 10
  private static let quotedCharacters = 80
  private static let requestKeys: Set<String> = ["jsonrpc", "id", "method", "params"]

  init(context: SessionContext) {
    self.context = context
    release = FulcrumRelease(version: context.server.software.version ?? "")
  }

  var lineEnd: [UInt8] { [UInt8(ascii: "\r"), UInt8(ascii: "\n")] }

  mutating func receive(_ line: ArraySlice<UInt8>, at time: Double) -> [SessionEffect] {
    guard let document = try? WireDocument(parsing: line, limits: .init(depth: 512)),
      document.repairs.allSatisfy({ $0.kind == .loneSurrogate }), !Self.hasHugeID(document.value)
    else {
      let text = Self.quoted(line)
      let error = RPCError(-32700, "Failed to parse Json from string: \(text)")
      return protocolError(envelope(id: .null, error: error))
    }
    if let items = document.value.elements { return batch(items) }
    guard let (reply, end) = answer(document.value) else { return [] }
    if let end { return end == .abort ? [.abort] : [.send(reply.encoded()), end] }
    return [.send(reply.encoded())]
  }

  /// The eleventh protocol error beyond the good requests ends the connection without a word.
  private mutating func protocolError(_ reply: WireValue) -> [SessionEffect] {
    errors += 1
    return errors - requests > Self.errorAllowance ? [.abort] : [.send(reply.encoded())]
  }

  private mutating func batch(_ items: [WireValue]) -> [SessionEffect] {
    if items.isEmpty {
      return protocolError(envelope(id: .null, error: RPCError(-32600, "Invalid request")))
    }
    var replies: [WireValue] = []
    var end: SessionEffect?
    for item in items where end == nil {
      guard let (reply, ends) = answer(item) else { continue }
      replies.append(reply)
      end = ends
    }
    if end == .abort { return [.abort] }
    if replies.isEmpty { return [] }
    return [.send(WireValue.array(replies).encoded())] + (end.map { [$0] } ?? [])
  }

  /// The reply and how the connection ends, if it does; nil for a notification.
  private mutating func answer(_ message: WireValue) -> (WireValue, SessionEffect?)? {
    let id: WireValue
    do throws(RPCError) {
      id = try Self.identifier(message["id"])
    } catch {
      return counted(envelope(id: .null, error: error))
    }
    if let error = Self.shapeError(message, id: id) {
      return counted(envelope(id: id, error: error))
    }
    guard message["id"] != nil else { return nil }
    let method = message["method"]?.text ?? ""
    let params = message["params"] ?? .array([])
    guard let known = FulcrumMethods.table[method] else {
      let error = FulcrumMethods.refusal(of: method)
      return counted(envelope(id: id, error: error))
    }
    do throws(RPCError) {
      let arguments = try known.check(params, method: method)
      requests += 1
      if requests > context.server.requestLimit ?? .max {
        throw RPCError(
          3, "Excessive flood, please throttle your client implementation to not do this",
          closes: true)
      }
      let result = try known.run(&self, arguments)
      return (envelope(id: id, result: result), nil)
    } catch {
      let reply = envelope(id: id, error: error)
      if error.closes { return (reply, .close) }
      return error.code == -32602 ? counted(reply) : (reply, nil)
    }
  }

  private mutating func counted(_ reply: WireValue) -> (WireValue, SessionEffect?) {
    errors += 1
    return (reply, errors - requests > Self.errorAllowance ? .abort : nil)
  }

  /// Faults of the message that do not depend on the method.
  private static func shapeError(_ message: WireValue, id: WireValue) -> RPCError? {
    guard let members = message.members else { return RPCError(-32600, "Invalid request") }
    let keys = Set(members.map(\.key))
    guard let method = message["method"] else {
      if keys.contains("result") || keys.contains("error") {
        return RPCError(-31999, "Unexpected response (id: \(PythonText.str(id)))")
      }
      return RPCError(-32600, "Invalid JSON RPC object")
    }
    guard let name = method.text, !name.isEmpty, !name.hasPrefix("rpc.") else {
      return RPCError(-32600, "Invalid method")
    }
    if keys.contains("result") { return RPCError(-32600, "Invalid response") }
    if !keys.isSubset(of: requestKeys) { return RPCError(-32600, "Invalid request") }
    switch message["params"] {
    case nil, .array, .object: return nil
    default: return RPCError(-32600, "Invalid params")
    }
  }

  /// Numbers come back as integers, texts with each UTF-8 byte taken for a Latin-1 character.
  private static func identifier(_ id: WireValue?) throws(RPCError) -> WireValue {
    let prefix = "Error parsing JSON key \"id\": "
    switch id {
    case nil, .null: return .null
    case .string(let text): return .string(FulcrumMethods.latin1(text))
    case .bool: throw RPCError(-32600, prefix + "Booleans are not supported")
    case .number(let text):
      if let number = Int(text) { return .integer(number) }
      if let number = Double(text), let whole = Int(exactly: number) { return .integer(whole) }
      fallthrough
    default:
      throw RPCError(-32600, prefix + "Expected a string, a non-fractional number, or null")
    }
  }

  /// Integers beyond 64 bits do not pass Fulcrum's parser, wherever they are.
  private static func hasHugeID(_ value: WireValue) -> Bool {
    switch value {
    case .number(let text):
      text.utf8.allSatisfy { (48...57).contains($0) || $0 == 45 } && Int(text) == nil
    case .array(let elements): elements.contains(where: hasHugeID)
    case .object(let members): members.contains { hasHugeID($0.value) }
    default: false
    }
  }

  /// The first characters of a line, with `?` for what does not print.
  private static func quoted(_ line: ArraySlice<UInt8>) -> String {
    let printed = line.prefix(quotedCharacters).map {
      (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: "?")
    }
    return String(decoding: printed, as: UTF8.self) + (line.count > quotedCharacters ? "..." : "")
  }

  private func envelope(id: WireValue, result: WireValue) -> WireValue {
    .object([
      WireMember("id", id), WireMember("jsonrpc", .string("2.0")), WireMember("result", result),
    ])
  }

  private func envelope(id: WireValue, error: RPCError) -> WireValue {
    .object([
      WireMember(
        "error",
        .object([
          WireMember("code", .integer(error.code)), WireMember("message", .string(error.message)),
        ])),
      WireMember("id", id), WireMember("jsonrpc", .string("2.0")),
    ])
  }
}
