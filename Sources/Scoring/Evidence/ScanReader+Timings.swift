import Artifact
import Ordering
import Records

extension ScanReader {
  /// Questions that were asked alone, as first and as late ones of their connection.
  mutating func readTimings() throws {
    var connections: [EvidencePlace.Connection: [AloneTiming]] = [:]
    let rows = try self.rows(AloneTiming.self)
    while let row = try rows.next() {
      connections[place(row.source).connection, default: []].append(row)
    }
    let sorted = connections.sorted {
      ($0.key.endpointID, $0.key.attempt) < ($1.key.endpointID, $1.key.attempt)
    }
    for (connection, rows) in sorted {
      let least = rows.compactMap(\.answer).min() ?? 0
      let questions = Dictionary(grouping: rows, by: \.question)
      for (question, rows) in questions.sorted(by: { $0.key < $1.key }) {
        guard !question.contains("ping"), let last = rows.first(where: { $0.depth == "last" })
        else { continue }
        let first = rows.first { $0.depth == "first" }
        let mayBeHeldBack = heldBack.contains(place(last.source))
        var asked = ScanEvidence.AskedAlone(
          place: place(last.source), question: question,
          unanswered: timeouts[connection] ?? 0)
        asked.first = first.map { .init($0) }
        asked.last = .init(last)
        asked.padding = mayBeHeldBack ? .possible(quickest: least) : .absent
        with(last.source) { server, _ in server.alone.append(asked) }
      }
    }
  }
}

extension ScanEvidence.AskedAlone.Timing {
  init(_ row: AloneTiming) {
    self.init(answer: row.answer, service: row.service, ping: row.ping)
  }
}
