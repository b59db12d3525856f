import Ordering
package import Probing
import Records

/// The later visits of a scan: the second when everything known was visited once, the third behind
/// that; each asks for the state of the node behind a server again, and the second what the
/// comparison of all servers gives reason to ask.
package struct FollowUp: Sendable {
  private struct Endpoint: Hashable {
    let address: String
    let port: Int
    let transport: Transport

    init(_ candidate: Candidate) {
      (address, port, transport) = (candidate.address, candidate.port, candidate.transport)
    }
  }

  private let plan: ProbePlan
  private var corroboration: Corroboration
  /// The endpoint of each address that answered everything.
  private var leaders: [Candidate] = []
  /// Connections made to an endpoint.
  private var connections: [Endpoint: Int] = [:]
  /// Later visits begun.
  private var begun = 0

  package init(_ plan: ProbePlan) {
    self.plan = plan
    corroboration = Corroboration(forks: plan.forks)
  }

  /// Takes in a whole first visit.
  ///
  /// - Parameter isLeader: whether no other endpoint of its address was visited whole before.
  package mutating func take(_ evidence: VisitEvidence, of candidate: Candidate, isLeader: Bool) {
    guard !plan.later.isEmpty else { return }
    corroboration.take(evidence, of: candidate.address)
    if isLeader { leaders.append(candidate) }
  }

  /// Counts the connections of a visit that ended.
  package mutating func note(_ visit: Visit) {
    guard !plan.later.isEmpty else { return }
    let endpoint = Endpoint(visit.candidate)
    connections[endpoint] = max(connections[endpoint] ?? 0, visit.connections)
  }

  /// The visits of the next round; nil where there is no further one.
  ///
  /// - Parameter isLeftOut: whether a server has had enough of us, or asked to be left out.
  package mutating func next(isLeftOut: (Candidate) -> Bool) -> [Visit]? {
    guard begun < plan.later.count else { return nil }
    defer { begun += 1 }
    let candidates = leaders.filter { !isLeftOut($0) }.sorted()
    let questions =
      begun == 0 ? corroboration.questions(at: Set(candidates.map(\.address))) : [:]
    return candidates.map { candidate in
      let asked = questions[candidate.address] ?? Corroboration.Questions()
      let session =
        begun == 0 ? plan.secondVisit(asking: asked.probes) ?? plan.later[0] : plan.later[begun]
      var visit = Visit(candidate: candidate)
      visit.purpose = .later(session, asked.assigned)
      visit.connections = connections[Endpoint(candidate)] ?? 1
      return visit
    }
  }
}
