internal import ElectrumProtocol

/// The JSON-RPC dialect of an ElectrumX connection, fixed by its first message.
enum ElectrumXDialect: Sendable {
  case version1, loose, version2

  init(_ message: WireValue) {
    self =
      switch message["jsonrpc"]?.text {
      case "1.0": .version1
      case "2.0": .version2
      default: .loose
      }
  }
}

/// Replies and notifications as ElectrumX orders their keys.
enum ElectrumXEnvelope {
  static func reply(
    _ dialect: ElectrumXDialect?, id: WireValue, result: WireValue
  ) -> WireValue {
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

  static func reply(
    _ dialect: ElectrumXDialect?, id: WireValue, error: RPCError
  ) -> WireValue {
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

  static func notification(_ method: String, _ params: [WireValue]?) -> WireValue {
    var members = [
      WireMember("jsonrpc", .string("2.0")), WireMember("method", .string(method)),
    ]
    if let params { members.append(WireMember("params", .array(params))) }
    return .object(members)
  }

  /// Numbers as Python prints them again.
  private static func echoed(_ id: WireValue) -> WireValue {
    if case .number(let text) = id { .number(PythonText.number(text)) } else { id }
  }
}
