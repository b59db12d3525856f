internal import Records

/// A rule and what met it; a class, since candidates hold it many times over and a rule is large.
final class MetRule: Sendable {
  let rule: SoftwareRule
  /// One for each probe, in order of the probes' ids.
  let findings: [Finding]

  /// Nil where nothing met it.
  init?(_ rule: SoftwareRule, _ replies: ProbeReplies) {
    var seen: [String: String] = [:]
    for reply in replies.named(by: rule.probes) {
      guard let observed = rule.observed(in: reply) else { continue }
      if rule.weight == .closing, replies.isAnswered(reply.probe) { continue }
      // Of several the smallest, so that no order of replies shows.
      seen[reply.probe] = seen[reply.probe].map { min($0, observed) } ?? observed
    }
    if seen.isEmpty { return nil }
    self.rule = rule
    findings = seen.sorted { $0.key < $1.key }.map {
      Finding(rule: rule.id.text, probe: $0.key, observed: $0.value)
    }
  }

  private func isAgainst(_ candidate: SoftwareCandidate) -> Bool {
    rule.stand(candidate.implementation, candidate.release) == .excluded
  }

  /// Of each rule that is needed the first finding: always the rule next that is against most of
  /// what is not yet rejected, ties in the order of the book; ends of connections, which count
  /// together, last.
  static func deciding(_ candidates: [SoftwareCandidate], _ met: [MetRule]) -> [Finding] {
    var rejected = candidates.filter { !$0.isConsistent }
    var chosen: [MetRule] = []
    let shown = met.filter { $0.rule.weight == .shown }
    while !rejected.isEmpty {
      let counts = shown.map { rule in rejected.filter(rule.isAgainst).count }
      guard let most = counts.max(), most > 0, let place = counts.firstIndex(of: most) else {
        chosen += met.filter { met in
          met.rule.weight == .closing && rejected.contains(where: met.isAgainst)
        }
        break
      }
      chosen.append(shown[place])
      rejected.removeAll(where: shown[place].isAgainst)
    }
    return chosen.compactMap(\.findings.first)
  }
}
