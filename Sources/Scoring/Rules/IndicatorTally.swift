import Records

/// Takes what scan after scan shows of each server, and folds it at the end: no scan is read twice, and
/// none is kept.
struct IndicatorTally {
  private var seen: [String: [RuleID: [ScanObservation]]] = [:]
  private var archived: Set<String> = []
  private var otherChains: Set<String> = []
  /// Scans in which a server was judged, by server.
  private var scansOf: [String: Set<String>] = [:]
  private var times: [Int] = []
  private let evaluator: IndicatorEvaluator

  init(_ evaluator: IndicatorEvaluator) { self.evaluator = evaluator }

  mutating func take(_ servers: [ScanEvidence], _ truth: ScanTruth) {
    if truth.hasBytes { archived.insert(truth.scan) }
    if truth.chain.isOther { otherChains.insert(truth.scan) }
    truth.startedAt.map { times.append($0) }
    for server in servers { scansOf[server.serverID, default: []].insert(truth.scan) }
    for (server, observations) in evaluator.observations(servers, truth) {
      for (rule, observation) in observations {
        seen[server, default: [:]][rule, default: []].append(observation.bounded)
      }
    }
  }

  /// Whether two scans are far enough apart to be two occasions.
  var hasTwoOccasions: Bool {
    guard let first = times.min(), let last = times.max() else { return false }
    return last - first >= evaluator.fold.spacing
  }

  /// Rules that saw something of any server: what the series measures.
  private var measured: Set<RuleID> {
    seen.values.reduce(into: []) { $0.formUnion($1.keys) }
  }

  /// What all scans show of servers, in the order of the ids.
  func evaluated(_ servers: [String]) -> [(serverID: String, [DeviationScore.Evaluated])] {
    let measured = measured
    return servers.sorted().map { server in
      let rules = seen[server] ?? [:]
      return (
        server,
        IndicatorRule.all.map { rule in
          let scans = (rules[rule.id] ?? []).sorted { $0.scan < $1.scan }
          let finding =
            scans.isEmpty ? nil : rule.conclude(scans, evaluator.fold).map(checkable)
          let status: IndicatorStatus =
            if let finding {
              finding.isFired ? .fired : .passed
            } else {
              measured.contains(rule.id) ? .unknown : .notMeasured
            }
          return .init(rule: rule, status: status, finding: finding)
        }
      )
    }
  }

  /// Without archived bytes nobody can check a proof: it is as strong as anything else.
  private func checkable(_ finding: IndicatorFinding) -> IndicatorFinding {
    guard finding.grade == .proved, archived.isDisjoint(with: finding.scans) else { return finding }
    var finding = finding
    finding.grade = .strong
    return finding
  }

  func row(_ serverID: String, _ evaluated: DeviationScore.Evaluated, nats: Double?) -> Indicator {
    let rule = evaluated.rule
    let grade = evaluated.finding?.grade
    return Indicator(
      serverID: serverID, indicator: rule.id.text, status: evaluated.status,
      verdictClass: IndicatorRule.verdictClass(grade ?? rule.grades.inSeries)
    ).with {
      $0.grade = grade
      $0.nats = nats
      $0.observations = evaluated.finding?.observations ?? 0
      $0.scans = Array((evaluated.finding?.scans ?? []).prefix(IndicatorEvidence.limit))
      $0.evidence = evaluated.finding?.text
      $0.unknownReason = reason(rule, evaluated.status, serverID)
    }
  }

  private func reason(
    _ rule: IndicatorRule, _ status: IndicatorStatus, _ serverID: String
  ) -> IndicatorUnknownReason? {
    if status == .fired || status == .passed { return nil }
    switch rule.requirement {
    case .conduct: return .conduct
    case .experiment: return .noExperiment
    case .secondVantage: return .oneVantage
    case .scan: break
    }
    if !rule.isEvaluated { return .notEvaluated }
    let isOther = rule.dependsOnChain && scansOf[serverID]?.isDisjoint(with: otherChains) == false
    if isOther { return .otherChain }
    return status == .unknown ? .notObserved : .notAsked
  }

  /// The way back to the bytes, bounded.
  func evidence(_ serverID: String, _ evaluated: DeviationScore.Evaluated) -> [IndicatorEvidence] {
    guard evaluated.status == .fired else { return [] }
    return (evaluated.finding?.places ?? []).prefix(IndicatorEvidence.limit).map { place in
      IndicatorEvidence().with {
        $0.serverID = serverID
        $0.indicator = evaluated.rule.id.text
        $0.scan = place.scan
        $0.endpointID = place.endpointID
        $0.attempt = place.attempt
        $0.sequence = place.sequence ?? 0
        $0.archived = archived.contains(place.scan)
      }
    }
  }
}

extension ScanObservation {
  /// Hits that are kept of one scan: the strongest, so that no server makes the fold grow.
  private static let most = 40

  var bounded: ScanObservation {
    guard hits.count > Self.most else { return self }
    var bounded = self
    let ranked = hits.enumerated().sorted {
      ($1.element.grade, $0.offset) < ($0.element.grade, $1.offset)
    }
    bounded.hits = ranked.prefix(Self.most).map(\.element)
    return bounded
  }
}
