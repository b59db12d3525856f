import ChainTruth
import Foundation
import Ordering
import Records

extension IndicatorRule {
  static let contentByClient = IndicatorRule(
    id: "I9.content-by-client", group: .differential,
    grades: .init(.supporting, inSeries: .strong),
    statement: "The server gives other content to clients of other names.",
    explanation: .init(
      statistic:
        "Subjects of which two answers under our name are equal, two under a wallet's are equal, in turns, and the two names' differ; figures by more than half, histories in what is buried. Where one of the four is missing, the one between two equal ones is enough for this scan, and says nothing of a second one.",
      null:
        "An honest server does not look at the name; what changes by itself changes under one name too.",
      rationale: "Who shows an observer another face than a wallet can deceive wallets unseen.",
      refutedBy:
        "A restart or a new block between every two of the sessions, or a pool whose members answer by turns; one whose tips go back from one connection to the next is not judged."
    ),
    source: .published(
      "Williams (1949), Experimental designs balanced for the estimation of residual effects of treatments"
    ),
    observe: { server, truth, _ in
      // By turns, members of a pool answer as if they looked at the name, once in eight scans of two members.
      if server.isOutOfStep { return nil }
      return .collected(truth) { seen in
        let height = truth.provenHeight(server)
        let answers = server.clientAnswers.map { server.lasting($0, below: height) }
        let subjects = Dictionary(grouping: answers, by: \.subject)
        for (subject, answers) in subjects.sorted(by: { $0.key < $1.key }) {
          guard let comparison = comparison(answers) else { continue }
          seen.observations += 1
          if comparison != .alike {
            // Where one of the four answers is missing, the difference is shown and comes never again.
            seen.hits.append(
              .init(
                .supporting,
                comparison == .differs ? subject : "\(subject), three answers of \(truth.scan)",
                "scan \(truth.scan): answers \(subject) otherwise under a wallet's name",
                answers.map(\.place).min()))
          }
        }
      }
    },
    conclude: { $1.recurring($0, .strong) })

  /// Figures of nodes move by themselves; more than this factor in minutes is no such move.
  private static let leastFactor = 1.5

  /// How the names' answers compare.
  private enum Comparison {
    case alike
    /// Of each name two or more, in turns.
    case differs
    /// Of one name two, and of the other one between them.
    case differsBetween
  }

  /// Nil: the answers say nothing.
  private static func comparison(_ answers: [ScanEvidence.ClientAnswer]) -> Comparison? {
    let names = Dictionary(grouping: answers, by: \.client)
    guard names.count == 2 else { return nil }
    // Only where the first two answers differ are both names asked once more.
    let digests = names.mapValues { Set($0.map(\.digest)) }
    let union = digests.values.reduce(into: Set<String>()) { $0.formUnion($1) }
    if union.count == 1 { return .alike }
    let isWhole = names.values.allSatisfy { $0.count >= 2 }
    guard isWhole || isBetween(Array(names.values)) else { return nil }
    guard digests.values.allSatisfy({ $0.count == 1 }) else { return .alike }
    let found: Comparison = isWhole ? .differs : .differsBetween
    let figures = names.values.map { $0.compactMap(\.figure) }
    guard figures.allSatisfy({ !$0.isEmpty }) else { return found }
    let (one, other) = (figures[0][0], figures[1][0])
    guard one > 0, other > 0 else { return found }
    return max(one / other, other / one) > leastFactor ? found : .alike
  }

  /// Whether the one answer under one name came between two under the other.
  private static func isBetween(_ names: [[ScanEvidence.ClientAnswer]]) -> Bool {
    guard let single = names.first(where: { $0.count == 1 })?[0],
      let others = names.first(where: { $0.count >= 2 })?.map(\.round),
      let first = others.min(), let last = others.max()
    else { return false }
    return first < single.round && single.round < last
  }
}

extension ScanEvidence {
  /// The answer by what of a told history is buried: members of a pool may be a block apart, and hold
  /// other unconfirmed transactions.
  fileprivate func lasting(_ answer: ClientAnswer, below height: Int?) -> ClientAnswer {
    guard let height, let history = histories.first(where: { $0.place == answer.place }) else {
      return answer
    }
    let buried = history.entries.filter {
      $0.height > 0 && $0.height + HistoryUnion.burial <= height
    }
    return ClientAnswer(
      place: answer.place, subject: answer.subject, client: answer.client, round: answer.round,
      digest: StatusHash.of(buried) ?? "", figure: answer.figure)
  }

  /// Whether its tip was lower on a connection than on an earlier one to the same endpoint, so that
  /// several servers answer in its name and are not in step.
  var isOutOfStep: Bool {
    var tips: [String: [Int: Int]] = [:]
    for header in headers where header.isTip {
      let known = tips[header.place.endpointID]?[header.place.attempt] ?? header.height
      tips[header.place.endpointID, default: [:]][header.place.attempt] = max(known, header.height)
    }
    return tips.values.contains { heights in
      let sorted = heights.sorted { $0.key < $1.key }
      return zip(sorted, sorted.dropFirst()).contains { $1.value < $0.value }
    }
  }
}
