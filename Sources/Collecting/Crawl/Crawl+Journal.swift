import Artifact
import Foundation
import Probing
import Records

/// What a crawl writes down, and what it takes from an earlier run.
extension Crawl {
  /// What an earlier run has of a session at an endpoint, once.
  func recall(
    _ session: ProbeSession, _ candidate: Candidate, _ answers: EarlierAnswers
  ) -> AttemptResult? {
    if let place = earlier.takeRow(session.id, of: candidate) {
      lastEnd[candidate.address] = .now
      do throws(ArtifactError) {
        let row = try journal.row(at: place)
        if row.attempt == 1 { tally.count(row) }
        return AttemptResult(row, answers: answers)
      } catch {
        stop(.journal(error))
        return nil
      }
    }
    guard let path = earlier.takeLog(session.id, of: candidate) else { return nil }
    lastEnd[candidate.address] = .now
    var result = AttemptLog.read(path)?
      .result(session, byteLimit: settings.attemptBytes, answers: answers)
    result?.log = path
    if let result { write(result) } else { unlink(path) }
    return result
  }

  func write(_ result: AttemptResult) {
    write(result.connection, chain: result.chain)
    if let log = result.log, cause?.isJournal != true { unlink(log) }
  }

  func write(_ connection: Connection, chain: [[UInt8]] = []) {
    if connection.attempt == 1 { tally.count(connection) }
    tally.secondsLeft = pace.secondsLeft(
      chains.values.lazy.map(\.pending.count), concurrency: settings.concurrency,
      pause: rules.pause)
    report(tally)
    do throws(ArtifactError) {
      try journal.append(connection)
      for der in chain { try journal.append(certificate: der) }
    } catch {
      stop(.journal(error))
    }
  }
}
