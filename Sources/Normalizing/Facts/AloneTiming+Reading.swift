import Probing
import Records

extension AloneTiming {
  private static let prefix = "alone."

  /// The times of what was asked alone on a connection.
  ///
  /// - Parameter all: every exchange of the connection.
  static func rows(
    _ asked: [AskedReply], all: [ExchangeRecord], _ source: (ExchangeRecord) -> FactSource
  ) -> [AloneTiming] {
    let timed = asked.filter { $0.record.probe.hasPrefix(prefix) }
    if timed.isEmpty { return [] }
    let floor = asked.filter { $0.method == "server.ping" && $0.isAnswered }
      .compactMap(\.record.firstByteMilliseconds).min()
    return timed.map { reply in
      AloneTiming().with {
        let record = reply.record
        $0.source = source(record)
        $0.question = String(reply.question)
        $0.depth = String(record.probe.dropFirst(prefix.count).prefix { $0 != "." })
        $0.outcome = record.outcome
        $0.answer = record.firstByteMilliseconds
        if let answer = record.firstByteMilliseconds, let floor {
          $0.service = max(0, answer - floor)
        }
        let ping = "\(prefix)\($0.depth).server.ping"
        $0.ping = timed.first { $0.record.probe == ping }?.record.firstByteMilliseconds
        guard let sent = record.sentMilliseconds else { return }
        $0.scriptRequests = asked.count {
          $0.method.hasPrefix("blockchain.script") && ($0.record.sentMilliseconds ?? sent) < sent
        }
        let traffic = all.flatMap { other -> [Double] in
          guard let left = other.sentMilliseconds else { return [] }
          return [left] + (other.lastByteMilliseconds.map { [left + $0] } ?? [])
        }
        $0.silence = traffic.filter { $0 < sent }.max().map { sent - $0 }
      }
    }
  }
}
