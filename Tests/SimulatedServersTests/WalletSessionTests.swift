import ElectrumProtocol
import SimulatedServers
import TestSupport
import Testing

/// What real wallets send, line by line, is answered.
@Suite(.enabled(if: Shared.exists, "the folder of shared data is not there"))
struct WalletSessionTests {
  /// One recorded connection's lines from the client, in order.
  private static func sessions(_ wallet: String, _ version: String) throws -> [[[UInt8]]] {
    var order: [String] = []
    var byConnection: [String: [[UInt8]]] = [:]
    for bytes in try Transcript.lines("wallet-transcripts.jsonl.gz") {
      let row = try WireDocument(parsing: bytes).value
      guard row["wallet"]?.text == wallet, row["version"]?.text == version,
        row["direction"]?.text == "c2s", let line = row["line"]?.text
      else { continue }
      let key =
        "\(row["run"]?.text ?? "")|\(row["connection"]?.integer ?? 0)|\(row["server"]?.text ?? "")"
      if byConnection[key] == nil { order.append(key) }
      byConnection[key, default: []].append(Array(line.utf8) + [10])
    }
    return order.compactMap { byConnection[$0] }
  }

  /// Chains differ, so that transactions and heights may be unknown; nothing else may fail.
  private static func isOfTheChain(_ error: WireValue) -> Bool {
    let text = error["message"]?.text ?? ""
    return [
      "No such mempool", "No transaction matching", "not in block", "out of range", "not on disk",
    ].contains {
      text.contains($0)
    }
  }

  @Test(arguments: [
    ("electrum", "4.3.4", "ElectrumX 1.16.0"), ("electrum", "4.3.4", "ElectrumX 2.0.0"),
    ("bdk", "3.1.1", "ElectrumX 2.0.0"), ("bdk", "3.1.1", "Fulcrum 2.1.1"),
  ]) func `every recorded line is answered without surprise`(
    wallet: String, version: String, software: String
  ) throws {
    let sessions = try Self.sessions(wallet, version).prefix(12)
    #expect(!sessions.isEmpty)
    var replies = 0
    for lines in sessions {
      var connection = try SmallServer.connection(SmallServer.profile(software))
      // Older BDK says nothing of itself, and newer servers do not answer it.
      let first = String(decoding: lines.first ?? [], as: UTF8.self)
      guard first.contains("server.version") else { continue }
      for line in lines { connection.send(line) }
      connection.run(until: 40)
      for reply in connection.output.split(separator: 10) {
        let value = try WireDocument(parsing: reply).value
        replies += 1
        if let error = value["error"] { #expect(Self.isOfTheChain(error), "\(error)") }
      }
      #expect(connection.closedAt == nil)
    }
    #expect(replies > 10)
  }
}
