import ElectrumProtocol
import Testing

struct ElectrumMessageTests {
  private func message(_ text: String) throws -> ElectrumMessage {
    ElectrumMessage(try WireDocument(parsing: Array(text.utf8)).value)
  }

  @Test func `a request is compact JSON and a line feed`() {
    let request = ElectrumRequest(
      id: 7, method: "server.version",
      params: [.string("x"), .array([.string("1.4"), .string("1.7")])])
    #expect(
      String(decoding: request.encoded(), as: UTF8.self)
        == "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"server.version\",\"params\":[\"x\",[\"1.4\",\"1.7\"]]}\n"
    )
  }

  @Test func `replies notifications and batches are told apart`() throws {
    #expect(try message(#"{"id":1,"result":null}"#).replies.map(\.number) == [1])
    #expect(try message(#"{"result":5,"error":null,"id":2}"#).replies.first?.result?.integer == 5)
    let batch = try message(#"[{"id":1,"result":1},{"method":"x"},{"id":2,"error":"bad"}]"#)
    #expect(batch.replies.map(\.number) == [1, 2])
    #expect(batch.replies.last?.error == ElectrumError(code: nil, message: "bad"))
    guard
      case .notification("blockchain.relayfee", nil) = try message(
        #"{"jsonrpc":"2.0","method":"blockchain.relayfee"}"#)
    else {
      Issue.record("a parameterless notification")
      return
    }
    #expect(try message("[]") == .other(.array([])))
    #expect(try message("5") == .other(.number("5")))
  }

  @Test(arguments: [
    (-101, "excessive resource usage", ElectrumError.Meaning.throttled),
    (-102, "server busy - request timed out", .throttled),
    (3, "Excessive flood, please throttle your client implementation to not do this", .throttled),
    (4, "Batch limit exceeded", .throttled),
    (1, "use server.version to identify client", .notIdentified),
    (1, "Unsupported protocol version", .unsupportedVersion),
    (1, "unsupported protocol version: 0.9", .unsupportedVersion),
    (1, "unsupported client: badclient", .unsupportedClient),
    (-32601, "unknown method \"foo\"", .unknownMethod),
    (-32700, "invalid JSON", .invalidRequest),
    (2, "daemon error: DaemonError({'code': -5})", .unavailable),
    (-32603, "unavailable index", .unavailable),
    (1, "zz is not a valid script hash", .other),
  ]) func `errors are classified by code and text`(
    code: Int, text: String, meaning: ElectrumError.Meaning
  ) {
    #expect(ElectrumError(code: code, message: text).meaning == meaning)
  }
}
