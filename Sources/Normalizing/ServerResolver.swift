import ElectrumProtocol
import Records

/// Decides which endpoints are one server (methods 1.1), and says why.
///
/// Deterministic: endpoints are taken in order of their ids, an edge only if no veto holds.
struct ServerResolver {
  /// Permanent ids of the rules; the letters are those of the method's table.
  enum Rule: String, CaseIterable {
    /// S2: one key at one address, or at the addresses of one name.
    case sameKey = "resolution.same-key"
    /// S3: each names the other in server.features.
    case mutualHosts = "resolution.mutual-hosts"
    /// S4: one address, equal server.features, equal tips.
    case sameFeatures = "resolution.same-address-features"
    /// One address, named in one peer tuple, and nothing that tells the two apart.
    case listedTogether = "resolution.listed-together"
    /// V2: other chain.
    case vetoGenesis = "veto.other-genesis"
    /// V3: tips too far apart.
    case vetoHeight = "veto.height"
    /// V: the two identify themselves as different software.
    case vetoSoftware = "veto.other-software"
    /// V4: only one names the other.
    case oneSidedClaim = "claim.one-sided"
  }

  private let endpoints: [EndpointDraft]
  private let spki: [String?]
  private var parent: [Int]
  private var audit: [String: ResolutionStep] = [:]

  /// - Parameters:
  ///   - endpoints: sorted by id.
  ///   - spki: SHA-256 of each endpoint's leaf key, by index.
  ///   - listedTogether: pairs of endpoint indices that one tuple names.
  init(_ endpoints: [EndpointDraft], spki: [String?], listedTogether: [(Int, Int)]) {
    self.endpoints = endpoints
    self.spki = spki
    parent = Array(endpoints.indices)
    resolveKeys()
    resolveFeatures()
    resolveClaims()
    for (a, b) in listedTogether { consider(a, b, .listedTogether, evidence: endpoints[a].address) }
  }

  /// Indices of the endpoints of each server, each ascending, in order of their first endpoint.
  func components() -> [[Int]] {
    var members: [Int: [Int]] = [:]
    for index in endpoints.indices { members[root(index), default: []].append(index) }
    return members.values.sorted { $0[0] < $1[0] }
  }

  /// The audit in order of its key.
  func steps() -> [ResolutionStep] { audit.values.sorted { $0.sortKey < $1.sortKey } }

  // MARK: Rules

  private mutating func resolveKeys() {
    for group in groups({ spki[$0] }) where group.members.count > 1 {
      for (a, b) in Self.pairs(group.members) {
        let shareName = !endpoints[a].verifiedNames.isDisjoint(with: endpoints[b].verifiedNames)
        guard endpoints[a].address == endpoints[b].address || shareName else { continue }
        consider(a, b, .sameKey, evidence: group.value)
      }
    }
  }

  private mutating func resolveFeatures() {
    for group in groups({ endpoints[$0].answers.featuresText == nil ? nil : endpoints[$0].address })
    {
      for (a, b) in Self.pairs(group.members)
      where endpoints[a].answers.featuresText == endpoints[b].answers.featuresText {
        consider(a, b, .sameFeatures, evidence: group.value)
      }
    }
  }

  private mutating func resolveClaims() {
    var byPlace: [String: [Int]] = [:]
    for (index, endpoint) in endpoints.enumerated() {
      for name in endpoint.names.union([endpoint.address]) where !name.isEmpty {
        byPlace["\(name)|\(endpoint.port)", default: []].append(index)
      }
    }
    var claims: Set<[Int]> = []
    for (index, endpoint) in endpoints.enumerated() {
      for host in endpoint.answers.hosts {
        for port in host.ports {
          for other in byPlace["\(host.name)|\(port)"] ?? [] where other != index {
            claims.insert([index, other])
          }
        }
      }
    }
    for claim in claims.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      let (a, b) = (min(claim[0], claim[1]), max(claim[0], claim[1]))
      if claims.contains([claim[1], claim[0]]) {
        if claim[0] == a { consider(a, b, .mutualHosts, evidence: "hosts of both") }
      } else if endpoints[b].answers.featuresText != nil, endpoints[a].answers.featuresText != nil {
        record(a, b, .oneSidedClaim, .claimed, endpoints[claim[0]].id + " names the other")
      }
    }
  }

  private mutating func consider(_ a: Int, _ b: Int, _ rule: Rule, evidence: String) {
    if let (veto, why) = veto(a, b, rule) { return record(a, b, veto, .vetoed, why) }
    record(a, b, rule, .merged, evidence)
    let (first, second) = (root(a), root(b))
    parent[max(first, second)] = min(first, second)
  }

  private func veto(_ a: Int, _ b: Int, _ rule: Rule) -> (Rule, String)? {
    let (first, second) = (endpoints[a].answers, endpoints[b].answers)
    if let x = first.genesisHash, let y = second.genesisHash, x != y {
      return (.vetoGenesis, "\(x) \(y)")
    }
    if let x = first.tip?.height, let y = second.tip?.height, abs(x - y) > 2 {
      return (.vetoHeight, "\(x) \(y)")
    }
    if let x = first.versionText, let y = second.versionText, x != y {
      return (.vetoSoftware, "\(x) \(y)")
    }
    return nil
  }

  private mutating func record(
    _ a: Int, _ b: Int, _ rule: Rule, _ decision: ResolutionDecision, _ evidence: String
  ) {
    let step = ResolutionStep(
      endpointA: min(endpoints[a].id, endpoints[b].id),
      endpointB: max(endpoints[a].id, endpoints[b].id), rule: rule.rawValue, decision: decision,
      evidence: evidence)
    audit["\(step.endpointA)|\(step.endpointB)|\(step.rule)"] = step
  }

  // MARK: Groups

  private func groups(_ value: (Int) -> String?) -> [(value: String, members: [Int])] {
    var groups: [String: [Int]] = [:]
    for index in endpoints.indices {
      if let value = value(index) { groups[value, default: []].append(index) }
    }
    return groups.map { ($0.key, $0.value) }.sorted { $0.value < $1.value }
  }

  private static func pairs(_ members: [Int]) -> [(Int, Int)] {
    members.indices.flatMap { i in members[(i + 1)...].map { (members[i], $0) } }
  }

  private func root(_ index: Int) -> Int {
    var index = index
    while parent[index] != index { index = parent[index] }
    return index
  }
}
