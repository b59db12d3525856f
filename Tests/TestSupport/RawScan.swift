import Addressing
public import Artifact
public import Records
import StageKit

/// A scan's raw artifacts, made by hand, as `collect` would write them.
public struct RawScan {
  public var name: String
  public var connections: [Connection] = []
  public var certificates: [CertificateEvidence] = []
  public var listings: [Listing] = []
  public var resolutions: [NameResolution] = []
  public var observation: JSONValue = .object([("network", .string("mainnet"))])

  public init(_ name: String, _ connections: [Connection] = []) {
    self.name = name
    self.connections = connections
  }

  /// Writes the scan below `raw` and adds it to the series.
  public func write(raw: String) throws {
    let runner = StageRunner(
      StageIdentity(name: "collect", revision: 1), NoParameters.self, try .embedded())
    try runner.run(output: raw + "/" + name) { _, context in
      context.observation = observation
      try context.write(connections)
      try context.write(certificates)
      try context.write(listings)
      try context.write(resolutions)
    }
    var series = (try? SeriesIndex(folder: raw)) ?? SeriesIndex()
    series.insert(name)
    try series.write(folder: raw)
  }
}

struct NoParameters: StageParameters {
  func fields<F: Fields>(_ f: inout F) {}
}

extension Connection {
  /// An attempt at a server that identified itself and answered `replies` (probe, result as JSON).
  public static func answered(
    _ address: String, port: Int = 50001, transport: Transport = .tcp, host: String? = nil,
    attempt: Int = 1, version: String? = "ElectrumX 1.18.0",
    replies: [(probe: String, result: String)] = []
  ) -> Connection {
    let network = IPAddress(address)?.network ?? .onion
    var connection = Connection(
      address: address, detail: "", host: host ?? address, network: network,
      outcome: version == nil ? .closedNoReply : .answered, transport: transport
    ).with {
      $0.attempt = attempt
      $0.bytesReceived = 0
      $0.bytesSent = 0
      $0.connectMicroseconds = 1000
      $0.durationMicroseconds = 50_000
      $0.port = port
      $0.startedAt = "2026-01-01T00:00:00.000000Z"
      $0.truncated = false
    }
    var all = replies
    if let version { all.insert(("server.version", #"["\#(version)","1.4"]"#), at: 0) }
    for (index, reply) in all.enumerated() {
      let isError = reply.result.hasPrefix("error:")
      let body =
        isError ? #""error":\#(reply.result.dropFirst(6))"# : #""result":\#(reply.result)"#
      let line = #"{"jsonrpc":"2.0",\#(body),"id":\#(index)}"# + "\n"
      connection.received.append(
        Chunk().with {
          $0.atMicroseconds = 2000 * (index + 1)
          $0.data = line
        })
      connection.exchanges.append(
        Exchange(outcome: isError ? .replyError : .answered, probe: reply.probe).with {
          $0.firstByteMicroseconds = 2000 * (index + 1)
          $0.id = index
          $0.lastByteMicroseconds = 2000 * (index + 1)
          $0.line = index
          $0.sentMicroseconds = 2000 * index + 1000
        })
    }
    return connection
  }

  /// An attempt that ended without a word.
  public static func failed(
    _ address: String, _ outcome: Outcome, port: Int = 50001, transport: Transport = .tcp,
    host: String? = nil
  ) -> Connection {
    var connection = Connection.answered(
      address, port: port, transport: transport, host: host, version: nil)
    connection.outcome = outcome
    connection.connectMicroseconds = nil
    return connection
  }
}
