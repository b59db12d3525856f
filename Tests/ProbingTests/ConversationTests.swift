import ElectrumProtocol
import Probing
import Records
import Testing

struct ConversationTests {
  private let identification = #"{"jsonrpc":"2.0","result":["ElectrumX 1.16.0","1.4.2"],"id":1}"#

  private func conversation(byteLimit: Int = 1 << 20) -> Conversation {
    Conversation(
      session: ProbePlan(.light, clientName: "test").sessions[0], byteLimit: byteLimit)
  }

  /// Identified and pinged: the window is open.
  private func opened(by identification: String? = nil) -> Conversation {
    var conversation = conversation()
    _ = conversation.nextRequest(at: 0)
    conversation.receive(Array(((identification ?? self.identification) + "\n").utf8), at: 10)
    for id in 2...3 {
      _ = conversation.nextRequest(at: 20)
      conversation.receive(Array("{\"id\":\(id),\"result\":null}\n".utf8), at: 30)
    }
    return conversation
  }

  private func exchange(_ conversation: Conversation, _ probe: String) throws -> Exchange {
    try #require(conversation.exchanges.first { $0.probe == probe })
  }

  @Test func `version is asked alone and first, with our name and range`() {
    var conversation = conversation()
    let request = String(decoding: conversation.nextRequest(at: 3) ?? [], as: UTF8.self)
    #expect(
      request
        == "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"server.version\","
        + "\"params\":[\"test\",[\"1.4\",\"1.6\"]]}\n")
    #expect(conversation.nextRequest(at: 4) == nil)
  }

  @Test func `at most eight requests are in flight`() {
    var conversation = opened()
    var sent = 0
    while conversation.nextRequest(at: 40) != nil { sent += 1 }
    #expect(sent == 8)
    conversation.receive(Array("{\"id\":7,\"result\":\"\"}\n".utf8), at: 50)
    #expect(conversation.nextRequest(at: 51) != nil)
    #expect(conversation.nextRequest(at: 52) == nil)
  }

  @Test func `replies are paired by id in any order, past notifications and noise`() throws {
    var conversation = opened()
    while conversation.nextRequest(at: 40) != nil {}
    let lines = [
      #"{"jsonrpc":"2.0","method":"blockchain.headers.subscribe","params":[{"height":7}]}"#,
      #"{"jsonrpc":"2.0","result":[],"id":6}"#, #"{"id":999,"result":1}"#, "noise",
      #"[{"id":4,"result":"banner"},{"id":"5","result":""}]"#,
    ]
    let text = Array((lines.joined(separator: "\n") + "\n").utf8)
    conversation.receive(text[..<5], at: 41)
    conversation.receive(text[5...], at: 42)
    #expect(try exchange(conversation, "server.peers.subscribe").line == 4)
    #expect(try exchange(conversation, "server.banner").line == 7)
    #expect(try exchange(conversation, "server.donation_address").outcome == .answered)
    #expect(try exchange(conversation, "server.peers.subscribe").lastByteMicroseconds == 42)
    #expect(conversation.end == nil)
  }

  @Test func `the first byte of a line has the time of its chunk`() throws {
    var conversation = conversation()
    _ = conversation.nextRequest(at: 0)
    let bytes = Array((identification + "\n").utf8)
    conversation.receive(bytes[..<10], at: 100)
    conversation.receive(bytes[10...], at: 250)
    let version = try exchange(conversation, "server.version.1.6")
    #expect(version.firstByteMicroseconds == 100)
    #expect(version.lastByteMicroseconds == 250)
  }

  @Test func `from protocol 1.7 on scripts are asked by scriptPubKey`() throws {
    var conversation = opened(by: #"{"id":1,"result":["ElectrumX 2.0.0","1.7.0"]}"#)
    var requests: [String] = []
    for id in 4...60 {
      while let request = conversation.nextRequest(at: 4) {
        requests.append(String(decoding: request, as: UTF8.self))
      }
      conversation.receive(Array("{\"id\":\(id),\"result\":{}}\n".utf8), at: 5)
    }
    let script = "76a914751e76e8199196d454941c45d1b3a323f1433bd688ac"
    #expect(
      requests.contains {
        $0.contains("blockchain.scriptpubkey.get_balance") && $0.contains(script)
      })
    #expect(!requests.contains { $0.contains("scripthash") })
  }

  @Test func `a throttle ends the suite, and what was not asked is skipped`() throws {
    var conversation = opened()
    while conversation.nextRequest(at: 40) != nil {}
    conversation.receive(
      Array(
        "{\"id\":4,\"error\":{\"code\":-101,\"message\":\"excessive resource usage\"}}\n".utf8),
      at: 41)
    #expect(conversation.end == .throttled)
    #expect(conversation.outcome == .answered)
    #expect(try exchange(conversation, "server.banner").outcome == .throttled)
    #expect(try exchange(conversation, "server.donation_address").outcome == .throttled)
    #expect(try exchange(conversation, "history.p2tr").outcome == .untestedSkipped)
    #expect(conversation.nextRequest(at: 42) == nil)
  }

  @Test(arguments: [
    (#"{"id":1,"result":["a","1.4"]}"#, Outcome.answered),
    (#"{"id":1,"result":"ElectrumX"}"#, .replyMalformed),
    (#"{"id":1,"result":[1,2]}"#, .replyMalformed),
    (#"{"id":1,"error":{"code":1,"message":"unsupported protocol version: 1.4"}}"#, .replyError),
    (#"{"id":1,"error":"some text"}"#, .replyError),
    (#"{"id":null,"error":{"code":-32700,"message":"invalid JSON"}}"#, .replyError),
    (#"{"id":1,"error":{"code":-101,"message":"excessive resource usage"}}"#, .throttled),
    (#"{"id":1,"error":{"code":-102,"message":"server busy - request timed out"}}"#, .throttled),
    ("HTTP/1.1 400 Bad Request", .replyMalformed), ("\u{0}\u{1}", .replyMalformed),
    ("[]", .replyMalformed),
  ]) func `the answer to version decides the attempt`(line: String, outcome: Outcome) {
    var conversation = conversation()
    _ = conversation.nextRequest(at: 0)
    conversation.receive(Array((line + "\n").utf8), at: 1)
    conversation.finish(.closed)
    #expect(conversation.outcome == outcome)
  }

  @Test func `how a connection ends is the outcome of what was in flight`() {
    let ends: [(Conversation.End, Outcome)] = [
      (.closed, .closedNoReply), (.timedOut, .replyTimedOut), (.aborted, .aborted),
    ]
    for (end, outcome) in ends {
      var conversation = conversation()
      _ = conversation.nextRequest(at: 0)
      conversation.finish(end)
      #expect(conversation.outcome == outcome)
    }
  }

  @Test func `an endless line is cut at the limit and called too large`() {
    var conversation = conversation(byteLimit: 1_000)
    _ = conversation.nextRequest(at: 0)
    for time in 1...20 {
      conversation.receive([UInt8](repeating: 0x61, count: 100), at: time)
    }
    #expect(conversation.end == .tooLarge)
    #expect(conversation.isTruncated)
    #expect(conversation.received.count == 1_000)
    #expect(conversation.outcome == .replyTooLarge)
  }

  @Test func `what was kept is exactly what arrived, text or not`() throws {
    var conversation = conversation()
    _ = conversation.nextRequest(at: 0)
    let pieces: [[UInt8]] = [Array("{\"id\":".utf8), [0xff, 0xfe], Array("é".utf8)]
    for piece in pieces { conversation.receive(piece, at: 1) }
    let chunks = conversation.received.evidence
    #expect(chunks.map(\.data) == ["{\"id\":", nil, "é"])
    #expect(chunks[1].dataBase64 == "//4=")
  }

  @Test func `single bytes without end do not cost a chunk each`() {
    var record = ByteRecord(limit: 100_000)
    for time in 0..<50_000 { _ = record.append([0x61], at: time) }
    #expect(record.count == 50_000)
    #expect(record.evidence.count == 4096)
  }

  @Test func `what times out is given up once, and a ping still tells whether the server is there`()
    throws
  {
    let session = try #require(
      ProbePlan(.full, clientName: "test").sessions.first { $0.lastAloneStart != nil })
    let last = try #require(session.lastAloneStart)
    var conversation = Conversation(session: session, byteLimit: 1 << 20)
    let wentOn1 = conversation.giveUp()
    #expect(!wentOn1)
    _ = conversation.nextRequest(at: 0)
    let wentOn2 = conversation.giveUp()
    #expect(!wentOn2)
    conversation.receive(Array((identification + "\n").utf8), at: 10)
    let asked = 10 + session.silenceMicroseconds
    let first = conversation.nextRequest(at: asked)
    #expect(first != nil)
    let wentOn3 = conversation.giveUp()
    #expect(wentOn3)
    let wentOn4 = conversation.giveUp()
    #expect(!wentOn4)

    let time = asked + session.silenceMicroseconds
    let ping = conversation.nextRequest(at: time)
    #expect(ping != nil)
    #expect(conversation.lastAsked == last)
    let late = "{\"id\":2,\"result\":null}\n{\"id\":\(last + 1),\"result\":null}\n"
    conversation.receive(Array(late.utf8), at: time + 5)
    #expect(conversation.exchanges[1].outcome == .replyTimedOut)
    #expect(conversation.exchanges[2].outcome == .untestedSkipped)
    #expect(conversation.exchanges[last].outcome == .answered)
    let early = conversation.nextRequest(at: time + 6)
    let next = conversation.nextRequest(at: time + 5 + session.silenceMicroseconds)
    #expect(early == nil && next != nil)
    let wentOn5 = conversation.giveUp()
    #expect(!wentOn5)
    conversation.finish(.timedOut)
    #expect(conversation.exchanges[last + 1].outcome == .replyTimedOut)
  }
}
