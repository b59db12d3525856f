internal import Artifact
internal import ElectrumProtocol

/// The rows of one connection. Confined to its event loop.
final class ConnectionLog {
  private let log: RequestLog
  private let network: BitcoinNetwork
  private let place: [(String, JSONValue)]
  private var lines = 0
  private var requests = 0
  private var bytesIn = 0
  private var bytesOut = 0
  /// In the order of their lines; the first has not wholly left.
  private var open: [RequestRecord] = []

  init(_ log: RequestLog, server: String, number: Int, arrival: Arrival, network: BitcoinNetwork) {
    self.log = log
    self.network = network
    var place: [(String, JSONValue)] = [
      ("server", .string(server)), ("address", .string(arrival.endpoint.address)),
      ("port", .integer(arrival.endpoint.port)),
      ("transport", .string(arrival.endpoint.transport.rawValue)),
      ("connection", .integer(number)), ("client", .string(arrival.client)),
    ]
    if let user = arrival.proxyUser { place.append(("proxy_user", .string(user))) }
    self.place = place
  }

  func opened(isLost: Bool) {
    log.append(isLost ? "lost" : "open", time: log.now, place)
  }

  func handshake(version: String, cipher: String, serverName: String?) {
    log.append(
      "tls", time: log.now,
      place + [
        ("version", .string(version)), ("cipher", .string(cipher)),
        ("server_name", serverName.map { .string($0) } ?? .null),
      ])
  }

  /// The record that the reply's bytes belong to.
  func received(_ line: ArraySlice<UInt8>) -> RequestRecord? {
    lines += 1
    bytesIn += line.count
    let time = log.now
    var first: RequestRecord?
    for question in RequestQuestion.read(line, network: network) {
      let record = RequestRecord(
        time: time, line: lines, question: question, requestBytes: first == nil ? line.count : 0)
      first = first ?? record
      open.append(record)
      requests += 1
    }
    return first
  }

  /// A line too long to be taken.
  func skipped(bytes: Int) {
    lines += 1
    bytesIn += bytes
    log.append(
      "request", time: log.now,
      place + [
        ("line", .integer(lines)), ("request_bytes", .integer(bytes)), ("reply_bytes", .integer(0)),
        ("malformed", .string("longer than the server takes")),
      ])
  }

  func notified(bytes: Int) {
    log.append("notification", time: log.now, place + [("bytes", .integer(bytes))])
  }

  func sent(bytes: Int) { bytesOut += bytes }

  /// Writes the rows whose replies have left.
  func settle() {
    let settled = open.prefix(while: \.isSettled)
    for record in settled { write(record) }
    open.removeFirst(settled.count)
  }

  func closed() {
    for record in open { write(record) }
    open = []
    log.append(
      "close", time: log.now,
      place + [
        ("requests", .integer(requests)), ("bytes_in", .integer(bytesIn)),
        ("bytes_out", .integer(bytesOut)),
      ])
  }

  private func write(_ record: RequestRecord) {
    log.append("request", time: record.time, place + record.members)
  }
}
