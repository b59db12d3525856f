import Artifact
import Records
public import StageKit

/// Clusters and facts -> indicators, deviation score, concentration.
public struct ScoreStage {
  public static let identity = StageIdentity(name: "score", revision: 1)

  /// The rules that it applies, and those that it cannot evaluate yet.
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
    let operatorOf = Dictionary(
      uniqueKeysWithValues: members.map { ($0.serverID, $0.operatorID) })
    var evidence = Dictionary(
      uniqueKeysWithValues: profiles.map { ($0.serverID, ServerEvidence($0)) })
    var endpoints: [String: Int] = [:]
    let chains = try read(normalized, &evidence, &endpoints)
    try score(evidence, operatorOf: operatorOf, chains: chains)
    try concentrate(profiles, members, endpoints)
    try context.write(Self.rules, inputs: [])
  }

  /// - Returns: the chain of each scan.
  private func read(
    _ normalized: String, _ evidence: inout [String: ServerEvidence],
    _ endpoints: inout [String: Int]
  ) throws -> [String: ScanChain] {
    var chains: [String: ScanChain] = [:]
    let scans = try NormalizedSeries.scans(in: normalized)
    var reached: [String: Set<String>] = [:]
    for scan in scans {
      try context.checkInterruption()
      let folder = normalized + "/" + scan
      for row in try context.rows(Scan.self, folder: folder, scope: scan) {
        chains[scan] = ScanChain(row)
      }
      let servers = try context.reader(Server.self, folder: folder, scope: scan)
      while let row = try servers.next() { evidence[row.serverID]?.take(row, scan: scan) }
      let chain = try context.reader(ChainView.self, folder: folder, scope: scan)
      while let row = try chain.next() { evidence[row.serverID]?.take(row, scan: scan) }
      let exchanges = try context.reader(ExchangeRecord.self, folder: folder, scope: scan)
      while let row = try exchanges.next() { evidence[row.serverID]?.take(row) }
      let rows = try context.reader(Endpoint.self, folder: folder, scope: scan)
      while let row = try rows.next() {
        if row.reached { reached[row.serverID, default: []].insert(row.endpointID) }
      }
    }
    endpoints = reached.mapValues(\.count)
    return chains
  }

  private func score(
    _ evidence: [String: ServerEvidence], operatorOf: [String: String],
    chains: [String: ScanChain]
  ) throws {
    let servers = evidence.values.sorted { $0.profile.serverID < $1.profile.serverID }
    let evaluator = IndicatorEvaluator(
      parameters: parameters,
      consensus: NetworkConsensus(servers, operatorOf: operatorOf, chains: chains))
    let combination = DeviationScore(parameters: parameters)
    var indicators: [Indicator] = []
    var deviations: [Deviation] = []
    for server in servers {
      let found = evaluator.indicators(of: server)
      indicators += found
      deviations.append(combination.deviation(serverID: server.profile.serverID, found))
    }
    try context.write(indicators)
    try context.write(deviations)
  }

  private func concentrate(
    _ profiles: [FeatureProfile], _ members: [OperatorMembership], _ endpoints: [String: Int]
  ) throws {
    let membership = Dictionary(uniqueKeysWithValues: members.map { ($0.serverID, $0) })
    let table = ConcentrationTable(parameters: parameters)
    let units: [(String, (FeatureProfile) -> String?)] = [
      (
        "as",
        { $0.features.texts(.asns).count == 1 ? $0.features.texts(.asns)[0] : nil }
      ), ("country", { $0.features.text(.country) }),
      ("operator", { membership[$0.serverID]?.operatorID }),
      ("operator.identity", { membership[$0.serverID]?.identityID }),
      ("software", { $0.features.text(.software) }),
    ]
    var rows: [ConcentrationIndex] = []
    for (unit, value) in units {
      for weighting in ["endpoint", "server"] {
        try context.checkInterruption()
        let items = profiles.flatMap { profile in
          let item = ConcentrationTable.Item(
            operatorID: membership[profile.serverID]?.operatorID ?? profile.serverID,
            unit: value(profile))
          let count = weighting == "server" ? 1 : endpoints[profile.serverID] ?? 0
          return [ConcentrationTable.Item](repeating: item, count: count)
        }
        rows += try table.rows(unit: unit, weighting: weighting, items)
      }
    }
    try context.write(rows)
  }
}
