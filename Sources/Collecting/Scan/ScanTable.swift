import Ordering
import Records

extension ScanRecord {
  /// What became of the endpoints, by family and transport, for people.
  func table(isSimulated: Bool) -> String {
    let tally = result.tally
    let headings = [
      "", "known", "answered", "reached", "refused", "timed out", "throttled", "untested",
    ]
    var rows = [headings]
    for (kind, outcomes) in tally.byKind.sorted(by: { $0.key < $1.key }) {
      rows.append(["\(kind.network.rawValue) \(kind.transport.rawValue)"] + Self.counts(outcomes))
    }
    rows.append(["all"] + Self.counts(tally.outcomes))
    var lines = ["\(name)\(result.cause.map { ", ended early: \($0.text)" } ?? "")"]
    lines += Self.aligned(rows)
    let reasons = tally.outcomes.filter { !$0.key.isTested }
      .sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
    for (outcome, count) in reasons { lines.append("\(outcome.rawValue): \(count)") }
    if !isSimulated, let seconds = result.clock.secondsAfterTip {
      lines.append("clock: \(result.clock.verdict.rawValue), \(seconds) s after the common tip")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func counts(_ outcomes: [Outcome: Int]) -> [String] {
    func count(_ isCounted: (Outcome) -> Bool) -> String {
      String(outcomes.reduce(0) { $0 + (isCounted($1.key) ? $1.value : 0) })
    }
    let timedOut: Set<Outcome> = [
      .connectTimedOut, .socksTimedOut, .tlsTimedOut, .replyTimedOut, .resolveTimedOut,
    ]
    return [
      count { _ in true }, count { $0 == .answered }, count(\.isReached),
      count { $0 == .connectRefused || $0 == .socksRefused }, count(timedOut.contains),
      count { $0 == .throttled }, count { !$0.isTested },
    ]
  }

  /// The first column to the left, numbers to the right.
  private static func aligned(_ rows: [[String]]) -> [String] {
    let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0
    }
    return rows.map { row in
      row.enumerated().map { column, text in
        let fill = String(repeating: " ", count: widths[column] - text.count)
        return column == 0 ? text + fill : fill + text
      }
      .joined(separator: "  ")
    }
  }
}
