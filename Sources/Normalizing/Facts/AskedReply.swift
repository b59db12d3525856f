import ElectrumProtocol
import Probing
import Records

/// An exchange with what exactly was asked, read from the bytes that were sent.
struct AskedReply {
  let record: ExchangeRecord
  let result: WireValue?
  let method: String
  let params: [WireValue]
  /// The probe that asks the same on a scan's first connection.
  let question: Substring

  var isAnswered: Bool { record.outcome == .answered }

  /// Name of the published script that it is about.
  var script: String? {
    guard method.hasPrefix("blockchain.script") else { return nil }
    return params.first?.text.flatMap { PublishedScripts.name(inRequest: $0) }
  }

  /// Of each exchange that was put as one request of the usual form, in the order of exchanges.
  static func all(_ connection: Connection, _ replies: [Reply]) -> [AskedReply] {
    let requests = Self.requests(connection.sent)
    return replies.enumerated().compactMap { index, reply in
      guard let id = connection.exchanges[index].id, let request = requests[id],
        reply.record.outcome.isTested
      else { return nil }
      return AskedReply(
        record: reply.record, result: reply.result, method: request.method, params: request.params,
        question: KnownProbes.question(of: reply.record.probe))
    }
  }

  private static func requests(
    _ sent: [Chunk]
  ) -> [Int: (method: String, params: [WireValue])] {
    var requests: [Int: (method: String, params: [WireValue])] = [:]
    let lines = ReplyLines(sent)
    var index = 0
    while let line = lines[index] {
      index += 1
      guard let value = try? WireDocument(parsing: line).value, let id = value["id"]?.integer,
        let method = value["method"]?.text, requests[id] == nil
      else { continue }
      requests[id] = (method, value["params"]?.elements ?? [])
    }
    return requests
  }
}
