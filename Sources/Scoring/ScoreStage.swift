import Artifact
import Records
public import StageKit

/// Clusters and facts -> indicators, deviation score, concentration, exposure, answers.
public struct ScoreStage {
  public static let identity = StageIdentity(name: "score", revision: 5)

  /// The rules that it applies, and those that nothing measures.
  static let rules: [RuleRecord<ScoreRules>] = IndicatorRule.all.map { RuleRecord($0) }

  private let parameters: ScoreParameters
  private let context: StageContext

  public init(_ parameters: ScoreParameters, context: StageContext) {
    self.parameters = parameters
    self.context = context
    context.seed = parameters.seed
  }

  public func run(normalized: String, features: String, clusters: String) throws {
    let profiles = try context.rows(FeatureProfile.self, folder: features).filter(\.reached)
    let members = try context.rows(OperatorMembership.self, folder: clusters)
    let membership = Dictionary(uniqueKeysWithValues: members.map { ($0.serverID, $0) })
    let voterOf = Dictionary(
      uniqueKeysWithValues: profiles.map { profile in
        (profile.serverID, membership[profile.serverID]?.operatorID ?? profile.serverID)
      })
    var tally = IndicatorTally(IndicatorEvaluator(parameters))
    let endpoints = try read(normalized, voterOf, into: &tally)
    let deviations = try score(tally, voterOf)
    let network = NetworkStage(
      parameters: parameters, context: context, profiles: profiles, membership: membership,
      endpoints: endpoints)
    try network.run(
      normalized: normalized, features: features, clusters: clusters, deviations: deviations)
    let events = EventTable(context: context, parameters: parameters)
    try context.write(
      try events.rows(normalized: normalized, features: features, members: members))
    try context.write(Self.rules, inputs: [])
  }

  /// - Returns: endpoints of each server that were reached, over all scans.
  private func read(
    _ normalized: String, _ voterOf: [String: String], into tally: inout IndicatorTally
  ) throws -> [String: Int] {
    var reached: [String: Set<String>] = [:]
    let evaluator = IndicatorEvaluator(parameters)
    // Before the first scan, so that what was kept under other texts is not used.
    let texts: ErrorTexts? = try context.reference(
      "error_texts", parameters.errorTextsFile, expected: "texts of errors (error-texts.v1)")
    for scan in try NormalizedSeries.scans(in: normalized) {
      try context.checkInterruption()
      let folder = normalized + "/" + scan
      var reader = try ScanReader(context, scan: scan, folder: folder, voterOf: voterOf)
      if let texts { reader.knownErrors = texts.known }
      let summary = ScanSummary(context: context, scan: scan, folder: folder)
      let inputs = try summary.inputs(reader.voterOf)
      let rows: [ScanIndicator]
      if let kept = summary.kept(inputs) {
        rows = kept
      } else {
        let servers = try reader.read()
        rows = evaluator.observations(servers, ScanTruth(servers, reader.description))
      }
      try summary.write(rows, inputs)
      tally.take(rows, reader.description, reached: reader.voterOf.keys)
      for (server, endpoints) in reader.endpoints {
        reached[server, default: []].formUnion(endpoints)
      }
    }
    return reached.mapValues(\.count)
  }

  private func score(
    _ tally: IndicatorTally, _ voterOf: [String: String]
  ) throws -> [Deviation] {
    let assumptions = ScoreAssumptions(parameters)
    let combination = DeviationScore(
      assumptions: assumptions, hasTwoOccasions: tally.hasTwoOccasions)
    let probability = DeviationProbability(assumptions: assumptions)
    let sensitivity = ScoreSensitivity(assumptions: assumptions)
    var indicators: [Indicator] = []
    var evidence: [IndicatorEvidence] = []
    var deviations: [Deviation] = []
    var moved: [ScoreSensitivityRow] = []
    for (server, evaluated) in tally.evaluated(Array(voterOf.keys)) {
      for indicator in evaluated {
        let hit = DeviationScore.hits([indicator]).first
        indicators.append(tally.row(server, indicator, nats: hit.map { probability.counted($0) }))
        evidence += tally.evidence(server, indicator)
      }
      let deviation = combination.deviation(serverID: server, evaluated)
      deviations.append(deviation)
      if deviation.flagged {
        moved += sensitivity.rows(server, DeviationScore.hits(evaluated))
      }
    }
    NetworkStatement.describe(&deviations, indicators, voterOf: voterOf)
    try context.write(indicators)
    try context.write(evidence)
    try context.write(deviations)
    try context.write(moved)
    return deviations
  }
}
