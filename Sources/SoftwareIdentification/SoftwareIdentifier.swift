internal import ElectrumProtocol
internal import Records

/// Finds out by elimination what software a server is: each release of each implementation stays
/// possible until a rule that was met contradicts it.
///
/// Pure, and indifferent to the order of observations. More observations never widen the result.
public enum SoftwareIdentifier {
  /// Rules that must be met by what is left, for one implementation to be named. Each is against
  /// others.
  public static let leastRules = 3
  /// Aspects that these must be of.
  public static let leastAspects = 2
  /// Probes whose replies must have met them.
  public static let leastProbes = 2

  public static func identify(_ observations: SoftwareObservations) -> IdentifiedSoftware {
    let replies = ProbeReplies(observations)
    let met = RuleBook.rules.compactMap { MetRule($0, replies) }
    let candidates = SoftwareCandidate.all(met)
    var possibilities: [IdentifiedSoftware.Possibility] = []
    var rejections: [IdentifiedSoftware.Rejection] = []
    for implementation in KnownImplementation.allCases {
      let its = candidates.filter { $0.implementation == implementation }
      let consistent = its.filter(\.isConsistent)
      if consistent.isEmpty {
        rejections.append(rejection(implementation, its, met))
      } else {
        possibilities.append(
          .init(
            implementation: implementation,
            versions: ReleaseRange(consistent.compactMap(\.release), of: implementation)))
      }
    }
    return IdentifiedSoftware(
      possibilities: possibilities, rejections: rejections, candidates: candidates, met: met,
      isSupported: isSupported(candidates, met))
  }

  private static func rejection(
    _ implementation: KnownImplementation, _ candidates: [SoftwareCandidate], _ met: [MetRule]
  ) -> IdentifiedSoftware.Rejection {
    let against = Set(candidates.flatMap(\.contradictions).map(\.rule.id.text))
    return IdentifiedSoftware.Rejection(
      implementation: implementation, rules: met.map(\.rule.id.text).filter(against.contains))
  }

  /// Whether rules enough, of aspects and replies enough, were met that fit what is left.
  private static func isSupported(_ candidates: [SoftwareCandidate], _ met: [MetRule]) -> Bool {
    let consistent = candidates.filter(\.isConsistent)
    let support = met.filter { met in
      consistent.contains { met.rule.stand($0.implementation, $0.release) == .fits }
    }
    let aspects = Set(support.map(\.rule.aspect))
    let probes = Set(support.flatMap(\.findings).map(\.probe))
    return support.count >= leastRules && aspects.count >= leastAspects
      && probes.count >= leastProbes
  }
}
