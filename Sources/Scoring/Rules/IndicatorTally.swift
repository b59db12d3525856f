import Ordering
import Records

/// Takes what scan after scan shows of each server, and folds it at the end. Of a scan in which nothing
/// fired it keeps two numbers an indicator and server.
struct IndicatorTally {
  private var seen: [String: [RuleID: Series]] = [:]
  private var scans: [ScanDescription] = []
  private var archived: Set<String> = []
  /// Servers that scans of another chain reached.
  private var inOtherChains: Set<String> = []
  private let evaluator: IndicatorEvaluator

  /// What the scans show of one server for one indicator.
  private struct Series {
    struct Seen {
      /// Place in the list of scans.
      let scan: UInt32
      let observations: UInt32
    }

    var seen: [Seen] = []
    /// By place in the list of scans.
    var hits: [UInt32: [ScanObservation.Hit]] = [:]
  }

  init(_ evaluator: IndicatorEvaluator) { self.evaluator = evaluator }

  /// - Parameters:
  ///   - rows: what the scan shows, the rows of a server and indicator behind each other.
  ///   - reached: servers that the scan reached.
  mutating func take(
    _ rows: [ScanIndicator], _ scan: ScanDescription, reached: some Sequence<String>
  ) {
    if scan.hasBytes { archived.insert(scan.scan) }
    if scan.chain.isOther {
      inOtherChains.formUnion(reached)
    }
    let place = UInt32(scans.count)
    scans.append(scan)
    for row in rows {
      var series = seen[row.serverID]?[RuleID(row.indicator)] ?? Series()
      if row.hit <= 1 {
        series.seen.append(.init(scan: place, observations: UInt32(clamping: row.observations)))
      }
      if let hit = row.observedHit(scan.scan) { series.hits[place, default: []].append(hit) }
      seen[row.serverID, default: [:]][RuleID(row.indicator)] = series
    }
  }

  private func observations(_ series: Series) -> [ScanObservation] {
    series.seen.map { seen in
      let scan = scans[Int(seen.scan)]
      var observation = ScanObservation(scan: scan.scan, time: scan.startedAt)
      observation.observations = Int(seen.observations)
      observation.hits = series.hits[seen.scan] ?? []
      return observation
    }.sorted { $0.scan < $1.scan }
  }

  /// Whether two scans are far enough apart to be two occasions.
  var hasTwoOccasions: Bool {
    let times = scans.compactMap(\.startedAt)
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
          let scans = rules[rule.id].map(observations) ?? []
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
    let isOther = rule.dependsOnChain && inOtherChains.contains(serverID)
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
