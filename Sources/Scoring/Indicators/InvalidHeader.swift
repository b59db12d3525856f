import ChainTruth
import Ordering
import Records

extension IndicatorRule {
  static let invalidHeader = IndicatorRule(
    id: "I3.invalid-header", group: .content, grades: .init(.proved),
    statement:
      "A header of the server lacks the chain's work, does not link to its own others, or contradicts the chain of its own tip.",
    explanation: .init(
      statistic:
        "Headers that miss the target which the reference chain has at their height; buried headers of one connection that name another parent than that connection's header below; commitments off the chain below an own tip on it.",
      null:
        "Every header of an honest server is one of its node's chain, whose work its node checked.",
      rationale: "A header without work proves payments that never were.",
      refutedBy:
        "A header of the chain with those bits at that height, or two answers that a reorganisation parts."
    ),
    source: .published(
      "Nakamoto (2008), Bitcoin: a peer-to-peer electronic cash system, section 4"),
    dependsOnChain: true,
    observe: { server, truth, _ in
      guard truth.isOnChain(server) else { return nil }
      return .collected(truth) { seen in
        for header in server.headers {
          guard let facts = header.header else { continue }
          seen.observations += 1
          // What more than half of all say is nobody's own.
          let isShared = truth.reference.anchors[.header(height: header.height)] == facts.hash
          if !isShared, truth.headers.work(of: facts, at: header.height) == .missing {
            seen.hits.append(
              .init(
                .proved, "work",
                "scan \(truth.scan): header \(facts.hash) at height \(header.height) does not have the chain's work",
                header.place))
          }
        }
        observeLinks(server, truth, &seen)
        if case .contradictsItself(let subject)? = truth.standings[server.serverID] {
          seen.observations += 1
          let place =
            server.headers.first { subject == .header(height: $0.height) }?.place
            ?? server.subtrees.first { subject == .subtree(level: $0.level) }?.place
          seen.hits.append(
            .init(
              .proved, "chain",
              "scan \(truth.scan): its tip is on the chain, and what it says up to height \(subject.lastHeight) is not",
              place))
        }
      }
    })

  private static func observeLinks(
    _ server: ScanEvidence, _ truth: ScanTruth, _ seen: inout ScanObservation
  ) {
    let deepest =
      [truth.reference.tipHeight, server.headers.filter(\.isTip).map(\.height).max()]
      .compactMap { $0 }.min() ?? 0
    let connections = Dictionary(grouping: server.headers, by: \.place.connection)
    for headers in connections.values {
      let byHeight = Dictionary(
        headers.compactMap { header in header.header.map { (header.height, $0) } },
        uniquingKeysWith: { first, _ in first })
      guard
        let height = HeaderLinkage.firstBreak(
          in: byHeight, upTo: deepest - ReferenceChain.burial)
      else { continue }
      seen.hits.append(
        .init(
          .proved, "link",
          "scan \(truth.scan): its header at height \(height) names another parent than its own header below",
          headers.first { $0.height == height }?.place))
    }
    seen.hits.sort { ($0.subject, $0.text) < ($1.subject, $1.text) }
  }
}
