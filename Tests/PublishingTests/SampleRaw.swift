import Records

/// A conversation of the imaginary network, as `collect` would have kept it.
enum SampleRaw {
  static let header = #"{"id":2,"jsonrpc":"2.0","result":{"hex":"00","height":900000}}"#
  static let banner =
    #"{"id":3,"jsonrpc":"2.0","result":"see https://user:secret@shop.example </pre><script>"}"#

  static let connection = Connection(
    address: "192.0.2.2", detail: "", host: "node2.example", network: .ipv4, outcome: .answered,
    transport: .tcp
  ).with {
    $0.attempt = 1
    $0.port = 50001
    $0.startedAt = "2026-01-03T03:01:00.000000Z"
    $0.exchanges = [
      exchange(1, "server.version"), exchange(2, "blockchain.headers.subscribe"),
      exchange(3, "server.banner"),
    ]
    $0.sent = (1...3).map {
      Chunk(
        Array(#"{"id":\#($0),"method":"m\#($0)","params":[]}"#.utf8 + [10]), atMicroseconds: nil)
    }
    $0.received = [
      Chunk(Array(#"{"id":1,"result":["x","1.4"]}"#.utf8 + [10]), atMicroseconds: nil),
      Chunk(Array((header + "\n" + banner + "\n").utf8), atMicroseconds: nil),
    ]
  }

  private static func exchange(_ id: Int, _ probe: String) -> Exchange {
    Exchange(outcome: .answered, probe: probe).with {
      $0.id = id
      $0.line = id - 1
    }
  }
}
