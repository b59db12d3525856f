/// A JSON-RPC 2.0 request as a client of this project sends it.
public struct ElectrumRequest: Sendable, Equatable {
  public var id: Int
  public var method: String
  public var params: [WireValue]

  public init(id: Int, method: String, params: [WireValue] = []) {
    self.id = id
    self.method = method
    self.params = params
  }

  /// Compact JSON and `\n`; keys in the order jsonrpc, id, method, params.
  public func encoded() -> [UInt8] {
    let object = WireValue.object([
      WireMember("jsonrpc", .string("2.0")),
      WireMember("id", .integer(id)),
      WireMember("method", .string(method)),
      WireMember("params", .array(params)),
    ])
    return object.encoded() + [UInt8(ascii: "\n")]
  }
}
