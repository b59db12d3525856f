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
        "Subjects of which two answers under our name are equal, two under a wallet's are equal, in turns, and the two names' differ; figures by more than half.",
      null:
        "An honest server does not look at the name; what changes by itself changes under one name too.",
      rationale: "Who shows an observer another face than a wallet can deceive wallets unseen.",
      refutedBy:
        "A restart or a new block between every two of the sessions, or a pool whose members answer by turns."
    ),
    source: .published(
      "Williams (1949), Experimental designs balanced for the estimation of residual effects of treatments"
    ),
    observe: { server, truth, _ in
      .collected(truth) { seen in
        let subjects = Dictionary(grouping: server.clientAnswers, by: \.subject)
        for (subject, answers) in subjects.sorted(by: { $0.key < $1.key }) {
          guard let differs = differs(answers) else { continue }
          seen.observations += 1
          if differs {
            seen.hits.append(
              .init(
                .supporting, subject,
                "scan \(truth.scan): answers \(subject) otherwise under a wallet's name",
                answers.map(\.place).min()))
          }
        }
      }
    },
    conclude: { $1.recurring($0, .strong) })

  /// Figures of nodes move by themselves; more than this factor in minutes is no such move.
  private static let leastFactor = 1.5

  /// Whether the names' answers differ; nil: they say nothing.
  private static func differs(_ answers: [ScanEvidence.ClientAnswer]) -> Bool? {
    let names = Dictionary(grouping: answers, by: \.client)
    guard names.count == 2 else { return nil }
    // Only where the first two answers differ are both names asked once more.
    let digests = names.mapValues { Set($0.map(\.digest)) }
    let union = digests.values.reduce(into: Set<String>()) { $0.formUnion($1) }
    if union.count == 1 { return false }
    guard names.values.allSatisfy({ $0.count >= 2 }) else { return nil }
    guard digests.values.allSatisfy({ $0.count == 1 }) else { return false }
    let figures = names.values.map { $0.compactMap(\.figure) }
    guard figures.allSatisfy({ !$0.isEmpty }) else { return true }
    let (one, other) = (figures[0][0], figures[1][0])
    guard one > 0, other > 0 else { return true }
    return max(one / other, other / one) > leastFactor
  }
}
