import ElectrumProtocol
import Records
import Testing

@testable import Probing

/// Questions against the rules: an error without id, silence, a close, something else altogether.
struct OddProbeTests {
  private func asked(_ id: String, before: String = "server.banner") throws -> Conversation {
    let probe = try #require(
      ProbeCatalog.all(clientName: "test").first { $0.id == id })
    let next = try #require(ProbeCatalog.all(clientName: "test").first { $0.id == before })
    var conversation = Conversation(
      session: ProbeSession(
        id: "odd", probes: [ProbeCatalog.opening("open", clientName: "test"), probe, next],
        aloneCount: 3),
      byteLimit: 1 << 20)
    _ = conversation.nextRequest(at: 0)
    conversation.receive(Array("{\"id\":1,\"result\":[\"X 1\",\"1.4\"]}\n".utf8), at: 1)
    _ = conversation.nextRequest(at: 2)
    return conversation
  }

  private func fence(_ conversation: inout Conversation) throws -> Int {
    let next = conversation.nextRequest(at: 500_003)
    let bytes = try #require(next)
    let request = try WireDocument(parsing: bytes[...]).value
    #expect(request["method"]?.text == "server.ping")
    return try #require(request["id"]?.integer)
  }

  @Test func `an answered fence means silence`() throws {
    var conversation = try asked("malformed.no-id")
    let id = try fence(&conversation)
    #expect(conversation.exchanges[1].outcome == .replyTimedOut)
    conversation.receive(Array("{\"id\":\(id),\"result\":null}\n".utf8), at: 500_003)
    #expect(conversation.exchanges[1].outcome == .replyNone)
    let banner = String(decoding: conversation.nextRequest(at: 500_004) ?? [], as: UTF8.self)
    #expect(banner.contains("server.banner"))
    conversation.receive(Array("{\"id\":3,\"result\":\"hello\"}\n".utf8), at: 500_005)
    #expect(conversation.end == .complete)
  }

  @Test(arguments: [
    (#"{"id":null,"error":{"code":-32600,"message":"invalid \"id\": [1]"}}"#, Outcome.replyError),
    (#"{"id":[1],"result":null}"#, .answered), ("no JSON", .replyMalformed),
    (#"[{"id":2,"result":null}]"#, .answered),
    (#"{"id":null,"error":{"code":-101,"message":"excessive resource usage"}}"#, .throttled),
  ]) func `whatever comes before the fence is the answer`(line: String, outcome: Outcome) throws {
    var conversation = try asked("malformed.id-list")
    let id = try fence(&conversation)
    conversation.receive(Array((line + "\n").utf8), at: 500_003)
    #expect(conversation.exchanges[1].outcome == outcome)
    if outcome == .throttled {
      #expect(conversation.end == .throttled)
      return
    }
    #expect(conversation.exchanges[1].line == 1)
    // The fence's own answer means nothing more.
    conversation.receive(Array("{\"id\":\(id),\"result\":null}\n".utf8), at: 500_004)
    #expect(conversation.exchanges[1].outcome == outcome)
    #expect(conversation.nextRequest(at: 500_005) != nil)
  }

  @Test
  func `a late reply is that of its own question, though one without a number is asked meanwhile`()
    throws
  {
    var conversation = try asked("malformed.named", before: "malformed.no-id")
    let id = try fence(&conversation)
    conversation.receive(Array("{\"id\":\(id),\"result\":null}\n".utf8), at: 500_003)
    #expect(conversation.exchanges[1].outcome == .replyNone)
    _ = conversation.nextRequest(at: 500_004)
    conversation.receive(Array("{\"id\":2,\"result\":\"00\"}\n".utf8), at: 500_005)
    #expect(conversation.exchanges[1].outcome == .answered)
    #expect(conversation.exchanges[2].outcome == .replyTimedOut && conversation.end == nil)
  }

  @Test func `a late answer to one question's fence says nothing of the next question`() throws {
    var conversation = try asked("malformed.id-null", before: "malformed.no-id")
    let id = try fence(&conversation)
    conversation.receive(Array("{\"id\":null,\"result\":null}\n".utf8), at: 500_003)
    _ = conversation.nextRequest(at: 500_004)
    conversation.receive(Array("{\"id\":\(id),\"result\":null}\n".utf8), at: 500_005)
    #expect(conversation.exchanges[1].outcome == .answered)
    #expect(conversation.exchanges[2].outcome == .replyTimedOut && conversation.end == nil)
  }

  @Test func `a question answered within half a second needs no fence`() throws {
    var conversation = try asked("malformed.named")
    let early = conversation.nextRequest(at: 500_001)
    #expect(early == nil && conversation.silentUntil == 500_002)
    conversation.receive(Array("{\"id\":2,\"result\":\"00\"}\n".utf8), at: 500_001)
    #expect(conversation.silentUntil == nil)
    let banner = String(decoding: conversation.nextRequest(at: 500_002) ?? [], as: UTF8.self)
    #expect(banner.contains("server.banner"))
  }

  @Test func `a close is an answer of its own`() throws {
    var conversation = try asked("malformed.no-method")
    _ = try fence(&conversation)
    conversation.finish(.closed)
    #expect(conversation.exchanges[1].outcome == .closedNoReply)
    #expect(conversation.exchanges[2].outcome == .untestedSkipped)
  }
}
