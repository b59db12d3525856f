internal import ElectrumProtocol

/// How Fulcrum reads and writes JSON-RPC: sorted keys, and its own idea of a valid message.
enum FulcrumMessage {
  private static let quotedCharacters = 80
  private static let requestKeys: Set<String> = ["jsonrpc", "id", "method", "params"]

  /// Faults of the message that do not depend on the method.
  static func shapeError(_ message: WireValue, id: WireValue) -> RPCError? {
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
  static func identifier(_ id: WireValue?) throws(RPCError) -> WireValue {
    let prefix = "Error parsing JSON key \"id\": "
    switch id {
    case nil, .null: return .null
    case .string(let text): return .string(latin1(text))
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
  static func hasHugeInteger(_ value: WireValue) -> Bool {
    switch value {
    case .number(let text):
      text.utf8.allSatisfy { (48...57).contains($0) || $0 == 45 } && Int(text) == nil
    case .array(let elements): elements.contains(where: hasHugeInteger)
    case .object(let members): members.contains { hasHugeInteger($0.value) }
    default: false
    }
  }

  /// The first characters of a line, with `?` for what does not print.
  static func quoted(_ line: ArraySlice<UInt8>) -> String {
    let printed = line.prefix(quotedCharacters).map {
      (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: "?")
    }
    return String(decoding: printed, as: UTF8.self) + (line.count > quotedCharacters ? "..." : "")
  }

  /// A count as Fulcrum reads it: fractions are rounded, texts and truths are numbers too.
  static func count(_ value: WireValue) -> Int? {
    if case .number(let text) = value, Int(text) == nil, let number = Double(text) {
      return Int(exactly: number.rounded())
    }
    return PythonText.int(value)
  }

  /// True or false, or a number for it.
  static func boolean(_ value: WireValue) -> Bool? {
    if case .number(let text) = value { return Double(text).map { $0 != 0 } }
    return value.boolean
  }

  /// Each UTF-8 byte as one character: Fulcrum encodes texts twice.
  static func latin1(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for byte in text.utf8 { result.append(Unicode.Scalar(byte)) }
    return String(result)
  }

  static func reply(id: WireValue, result: WireValue) -> WireValue {
    .object([
      WireMember("id", id), WireMember("jsonrpc", .string("2.0")), WireMember("result", result),
    ])
  }

  static func reply(id: WireValue, error: RPCError) -> WireValue {
    .object([
      WireMember(
        "error",
        .object([
          WireMember("code", .integer(error.code)), WireMember("message", .string(error.message)),
        ])),
      WireMember("id", id), WireMember("jsonrpc", .string("2.0")),
    ])
  }

  static func notification(_ method: String, _ params: [WireValue]) -> WireValue {
    .object([
      WireMember("jsonrpc", .string("2.0")), WireMember("method", .string(method)),
      WireMember("params", .array(params)),
    ])
  }
}
