import Ordering
import RecordLinkage
import Records

/// The evidence of all servers, as the linkage takes it.
enum OperatorEvidence {
  /// - Parameter servers: by id.
  static func evidence(_ servers: [ServerFacts], _ context: OperatorContext) -> LinkageEvidence {
    var evidence = LinkageEvidence(count: servers.count)
    for rule in OperatorRule.all {
      switch rule.finding {
      case .values(let values):
        evidence.fields.append(field(rule, values, servers, context))
      case .mutualClaim:
        evidence.pairs.append(
          GivenPairs(
            rule.id.text, group: rule.group.rawValue, count: servers.count,
            pairs: mutualClaims(servers)))
      case .madeTogether:
        evidence.madeTogether = MadeTogether(
          rule.id.text, group: rule.group.rawValue, makings: servers.map(\.makings),
          sets: servers.map { $0.keys ?? [] })
      case .nodeState:
        evidence.sharedState = SharedState(
          rule.id.text, group: rule.group.rawValue,
          rounds: scans(servers).map { scan in servers.map { $0.states[scan] ?? [] } })
      case .domainAndDonation:
        let field = ValueField(
          rule.id.text, group: OperatorGroup.name.rawValue,
          values: servers.map { domainsAndDonations($0, context) })
        evidence.conjunctions.append(
          .init(
            field, groups: [OperatorGroup.name.rawValue, OperatorGroup.texts.rawValue]))
      case .recipe, .nothing: break
      }
    }
    evidence.vetoes["operator.same-key"] = ValueField(
      "provider", group: OperatorGroup.name.rawValue,
      values: servers.map { ($0.domains ?? []).intersection(context.zones.providers) })
    return evidence
  }

  /// Scans in which a server told a state, in order.
  static func scans(_ servers: [ServerFacts]) -> [String] {
    servers.reduce(into: Set<String>()) { $0.formUnion($1.states.keys) }.sorted()
  }

  private static func field(
    _ rule: OperatorRule, _ values: OperatorRule.Values, _ servers: [ServerFacts],
    _ context: OperatorContext
  ) -> ValueField {
    ValueField(
      rule.id.text, group: rule.group.rawValue, level: values.level, isRobust: values.isRobust,
      values: servers.map { values.of($0, context) }
    ) { values.isOwned($0, context) }
  }

  private static func domainsAndDonations(
    _ server: ServerFacts, _ context: OperatorContext
  ) -> Set<String> {
    let domains = (server.domains ?? []).subtracting(context.zones.providers)
    return Set(
      domains.flatMap { domain in (server.donations ?? []).map { domain + " and " + $0 } })
  }

  private static func mutualClaims(_ servers: [ServerFacts]) -> [(Int, Int)] {
    var at: [String: [Int]] = [:]
    for (index, server) in servers.enumerated() {
      for place in server.places { at[place, default: []].append(index) }
    }
    let claimed = servers.enumerated().map { index, server in
      Set((server.claims ?? []).flatMap { at[$0] ?? [] }).subtracting([index])
    }
    return claimed.enumerated().flatMap { index, others in
      others.filter { $0 > index && claimed[$0].contains(index) }.sorted().map { (index, $0) }
    }
  }
}

extension ServerFacts {
  /// What it shows of which the moment of making is known.
  fileprivate var makings: Set<MadeTogether.Making> {
    Set(
      certificates.compactMap { certificate in
        guard certificate.isSelfSigned, let made = certificate.made,
          let shape = certificate.shape, let key = certificate.key
        else { return nil }
        return MadeTogether.Making(time: made, kind: shape, thing: key)
      })
  }
}
