import Records

/// Decides which endpoints are one server, and says why: the article Server-Resolution tells how.
///
/// Rules run in the order of what their evidence carries: proof (S5, S2, S6), mutual claims (S3, S7),
/// equal words at one address (S4), ports listed together, silent ports (S8). Within a rule, blocks
/// run in the order of what they share and endpoints in the order of their ids, so that the order of
/// the input says nothing. A row of the audit is a join that changed something: the rows of a rule and those
/// before it are what they alone make of the scan.
struct ServerResolver {
  /// Vetoes after which a block is done with an endpoint: what bounds a hostile block.
  static let refusalLimit = 16

  /// In order of their ids.
  let endpoints: [EndpointEvidence]
  private let indices: [String: Int]
  private var components: EndpointComponents
  /// By S8 alone in their server.
  private var attached: Set<Int> = []
  private var audit: [AuditKey: (decision: ResolutionDecision, evidence: String)] = [:]

  /// Two endpoints, the smaller first, and what was decided by.
  private struct AuditKey: Hashable {
    let first: Int
    let second: Int
    let rule: ResolutionRule
  }

  init(_ evidence: ResolutionEvidence) {
    endpoints = evidence.endpoints.sorted { $0.id < $1.id }
    indices = Dictionary(
      endpoints.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    components = EndpointComponents(endpoints)
    recordNames()
    joinTickets(evidence.resumptions)
    joinKeys(CopiedKeys(endpoints, pinned: evidence.copiedKeys))
    let claims = HostClaimGraph(endpoints)
    joinClaimants(claims)
    joinFeatures()
    joinBehaviour()
    joinListed(evidence.listed, claims)
    joinSilent()
    joinListedByStrangers(evidence.listed)
    recordMutualClaims(claims)
    recordClaims(claims)
  }

  /// The endpoints of each server in order of their ids; servers in order of their first endpoint.
  func servers() -> [[EndpointEvidence]] {
    var components = components
    return components.all().map { members in
      members.map { index in
        var endpoint = endpoints[index]
        endpoint.isAttached = attached.contains(index)
        return endpoint
      }
    }
  }

  /// The audit in order of its key.
  func steps() -> [ResolutionStep] {
    let rows = audit.sorted { left, right in
      (left.key.first, left.key.second, left.key.rule.id.text)
        < (right.key.first, right.key.second, right.key.rule.id.text)
    }
    return rows.map { key, value in
      ResolutionStep(
        endpointA: endpoints[key.first].id, endpointB: endpoints[key.second].id,
        rule: key.rule.id.text, decision: value.decision, evidence: value.evidence)
    }
  }

  // MARK: What rules are made of

  func index(of id: String) -> Int? { indices[id] }

  mutating func areJoined(_ a: Int, _ b: Int) -> Bool { components.areJoined(a, b) }

  mutating func hasAnswered(_ index: Int) -> Bool { components.hasAnswered(index) }

  mutating func representative(of index: Int) -> Int { components.representative(of: index) }

  /// Public keys that any endpoint of the component shows.
  mutating func keys(of index: Int) -> Set<String> { components.keys(of: index) }

  mutating func noteAttached(_ index: Int) { attached.insert(index) }

  /// One representative of each component among `members`: its first there.
  mutating func firstOfEach(_ members: [Int]) -> [Int] {
    var seen: Set<Int> = []
    return members.filter { seen.insert(components.representative(of: $0)).inserted }
  }

  /// Joins two endpoints' components if nothing contradicts it.
  /// - Returns: false where a veto holds. It holds for good: components only grow.
  @discardableResult
  mutating func join(
    _ a: Int, _ b: Int, _ rule: ResolutionRule, _ strength: EvidenceStrength,
    evidence: @autoclosure () -> String
  ) -> Bool {
    guard !components.areJoined(a, b) else { return true }
    if let found = components.join(a, b, strength) {
      var text = "\(found.evidence) against \(rule.id)"
      if Set([a, b]) != Set([found.endpoints.0, found.endpoints.1]) {
        text += " by \(endpoints[found.endpoints.0].id) \(endpoints[found.endpoints.1].id)"
      }
      record(a, b, found.rule, .vetoed, text)
      return false
    }
    record(a, b, rule, .merged, evidence())
    return true
  }

  /// Joins all of a block with each other: with the first, and where a veto holds with the first of
  /// those that it left apart, and so on. No pair more could change anything.
  mutating func joinAll(
    _ members: [Int], _ strength: EvidenceStrength, evidence: String,
    rule: (Int, Int) -> ResolutionRule
  ) {
    var leaders: [Int] = []
    for member in members {
      var refusals = 0
      var isPlaced = false
      for leader in leaders {
        if refusals == Self.refusalLimit { break }
        if join(leader, member, rule(leader, member), strength, evidence: evidence) {
          isPlaced = true
        } else {
          refusals += 1
        }
      }
      if !isPlaced { leaders.append(member) }
    }
  }

  /// Joins each of `members` with each of `others`.
  mutating func joinEach(
    of members: [Int], with others: [Int], _ strength: EvidenceStrength, evidence: String,
    rule: (Int, Int) -> ResolutionRule
  ) {
    var leaders = firstOfEach(others)
    for member in members {
      var refusals = 0
      var hasJoined = false
      for leader in leaders where !components.areJoined(member, leader) {
        if refusals == Self.refusalLimit { break }
        if join(member, leader, rule(member, leader), strength, evidence: evidence) {
          hasJoined = true
        } else {
          refusals += 1
        }
      }
      if hasJoined { leaders = firstOfEach(leaders) }
    }
  }

  mutating func record(
    _ a: Int, _ b: Int, _ rule: ResolutionRule, _ decision: ResolutionDecision, _ evidence: String
  ) {
    let key = AuditKey(first: min(a, b), second: max(a, b), rule: rule)
    if audit[key] == nil { audit[key] = (decision, evidence) }
  }

  /// The endpoints that share a value, by the value in its order; a value of one is no block.
  func blocks<Value: Hashable & Comparable>(
    _ values: (EndpointEvidence) -> [Value]
  ) -> [(value: Value, members: [Int])] {
    var blocks: [Value: [Int]] = [:]
    for (index, endpoint) in endpoints.enumerated() {
      for value in values(endpoint) { blocks[value, default: []].append(index) }
    }
    return blocks.filter { $0.value.count > 1 }.map { ($0.key, $0.value) }
      .sorted { $0.value < $1.value }
  }
}
