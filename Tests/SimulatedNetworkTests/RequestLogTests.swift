import Artifact
import Digests
import ElectrumProtocol
import Foundation
import TLSChannel
import TestSupport
import Testing

@testable import SimulatedNetwork

struct RequestLogTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("requests.jsonl")
  }

  /// The rows that a network's log holds after `body`.
  private func rows(
    _ body: (SimulatedNetwork) async throws -> Void
  ) async throws -> [JSONValue] {
    let network = try await DemoScenario.started(log: RequestLog(path: path))
    try await body(network)
    await network.stop()
    return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
      try JSONValue(parsing: Array($0.utf8))
    }
  }

  private func events(_ rows: [JSONValue], _ event: String) -> [JSONValue] {
    rows.filter { $0["event"] == .string(event) }
  }

  private func server(_ id: String, _ network: SimulatedNetwork) throws -> ServerPlan {
    try #require(network.plan.servers.first { $0.id == id })
  }

  @Test func `what a server learns is in it`() async throws {
    let script: [UInt8] = [0, 20] + [UInt8](repeating: 7, count: 20)
    let hash = Scripthash(scriptPubKey: script).text
    let request =
      #"{"id":1,"method":"blockchain.scripthash.get_balance","params":["\#(hash)"]}"# + "    \n"
    let rows = try await rows { network in
      var client = try await ProbeClient.connect(try server("birch-1", network).address, 50001)
      _ = try await client.ask("server.version", [.string("wallet \u{202E}x\n"), .string("1.4")])
      try await client.send(request)
      _ = await client.line()
      await client.close()
    }
    #expect(rows.first?["event"] == .string("open"))
    let asked = events(rows, "request")
    #expect(
      asked.map { $0["method"]?.kind } == [
        "the text \"server.version\"", "the text \"blockchain.scripthash.get_balance\"",
      ])
    #expect(asked.first?["client_name"] == .string("wallet \u{202E}x\n"))
    #expect(asked.last?["scripthashes"] == .array([.string(hash)]))
    #expect(asked.last?["request_bytes"] == .integer(request.utf8.count))
    #expect(asked.last?["client"] == .string("127.0.0.1"))
    #expect(asked.last?["server"] == .string("birch-1"))
    let close = try #require(events(rows, "close").first)
    #expect(close["requests"] == .integer(2))
    let replied = asked.compactMap { row in
      if case .integer(let bytes) = row["reply_bytes"] { bytes } else { nil }
    }
    #expect(close["bytes_out"] == .integer(replied.reduce(0, +)))
    #expect(replied.allSatisfy { $0 > 30 })
  }

  @Test func `batches and garbage are rows too`() async throws {
    let batch =
      #"[{"id":1,"method":"server.ping","params":[]},{"id":2,"method":"server.banner"}]"# + "\n"
    let rows = try await rows { network in
      var client = try await ProbeClient.connect(try server("birch-1", network).address, 50001)
      try await client.send(batch)
      _ = await client.line()
      try await client.send("{nothing\n")
      _ = await client.line()
      await client.close()
    }
    let asked = events(rows, "request")
    #expect(asked.count == 3)
    #expect(asked.map { $0["line"] } == [.integer(1), .integer(1), .integer(2)])
    #expect(asked[0]["batch"] == .integer(2))
    #expect(asked[0]["request_bytes"] == .integer(batch.utf8.count))
    #expect(asked[1]["request_bytes"] == .integer(0))
    #expect(asked[2]["malformed"] != nil)
  }

  @Test func `handshakes and proxy users are in it`() async throws {
    let rows = try await rows { network in
      let address = try server("birch-1", network).address
      var client = try await ProbeClient.connect(address, 50002, tls: TLSClientContext())
      _ = try await client.ask("server.ping")
      await client.close()
    }
    let shake = try #require(events(rows, "tls").first)
    #expect(shake["version"] == .string("TLSv1.3"))
    #expect(shake["server_name"] == .string("x.example"))
    #expect(shake["transport"] == .string("ssl"))
    #expect(shake["proxy_user"] == nil)
  }

  @Test func `a packets padding is its last replys`() {
    var replies = PendingReplies()
    let records = (1...2).map { line in
      RequestRecord(
        time: 0, line: line, question: RequestQuestion.read([], network: .regtest)[0],
        requestBytes: 1)
    }
    for record in records {
      record.expectMessage()
      replies.append(record, bytes: 4)
    }
    #expect(records.allSatisfy { !$0.isSettled })
    replies.sent(packet: Array("{}}\n{}     }\n".utf8), isPadded: true)
    #expect(records.allSatisfy { $0.isSettled })
    func bytes(_ record: RequestRecord) -> [JSONValue] {
      record.members.filter { $0.0.hasPrefix("reply") }.map(\.1)
    }
    #expect(bytes(records[0]) == [.integer(4), .integer(0)])
    #expect(bytes(records[1]) == [.integer(9), .integer(5)])
  }

  @Test func `scripts and addresses are logged as scripthashes`() {
    let script: [UInt8] = [0, 20] + [UInt8](repeating: 7, count: 20)
    let hash = Scripthash(scriptPubKey: script).text
    func hashes(_ method: String, _ argument: String) -> [String] {
      let line = #"{"id":1,"method":"\#(method)","params":["\#(argument)"]}"#
      return RequestQuestion.read(Array(line.utf8)[...], network: .regtest)[0].scripthashes
    }
    #expect(hashes("blockchain.scripthash.subscribe", hash.uppercased()) == [hash])
    #expect(hashes("blockchain.scriptpubkey.get_history", Hex.text(script)) == [hash])
    #expect(hashes("blockchain.scripthash.subscribe", "no hash") == [])
    let address = "bcrt1qqurswpc8qurswpc8qurswpc8qurswpc83vmwee"
    if let parsed = BitcoinAddress(address, network: .regtest) {
      #expect(
        hashes("blockchain.address.get_balance", address)
          == [Scripthash(scriptPubKey: parsed.scriptPubKey).text])
    }
  }
}
