import Artifact
import Records

/// The exchanges of a scan, each kept once: what is known only when all evidence is in is added to a
/// row as it is written.
struct ExchangeTable {
  /// One attempt's exchanges, which stand together.
  private struct Run {
    let attempt: ReplyEvidence.Attempt
    var rows: Range<Int>
  }

  private var rows: [ExchangeRecord] = []
  private var runs: [Run] = []

  var count: Int { rows.count }

  /// Takes in the next exchange; those of one attempt come one after the other.
  mutating func append(_ row: ExchangeRecord) {
    let attempt = ReplyEvidence.Attempt(row)
    if runs.last?.attempt != attempt {
      runs.append(Run(attempt: attempt, rows: rows.count..<rows.count))
    }
    rows.append(row)
    runs[runs.count - 1].rows = runs[runs.count - 1].rows.lowerBound..<rows.count
  }

  /// Writes every row in the order of the artifact.
  /// - Parameters:
  ///   - serverOf: by endpoint.
  ///   - negotiated: the protocol version that an attempt agreed on.
  func write(
    to writer: ArtifactWriter<ExchangeRecord>, serverOf: [String: String],
    negotiated: [ReplyEvidence.Attempt: String]
  ) throws(ArtifactError) {
    let order = runs.sorted {
      ($0.attempt.endpointID, $0.attempt.number) < ($1.attempt.endpointID, $1.attempt.number)
    }
    for run in order {
      let server = serverOf[run.attempt.endpointID] ?? ""
      let version = negotiated[run.attempt]
      for index in run.rows {
        var row = rows[index]
        row.serverID = server
        row.protocolNegotiated = version
        try writer.append(row)
      }
    }
  }
}
