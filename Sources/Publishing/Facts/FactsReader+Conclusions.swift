internal import Records

/// What `featurize` tells of the series, and what `cluster` and `score` conclude.
extension FactsReader {
  func readSeries(_ copier: TableCopier) throws {
    let folder = inputs.features
    let places = Dictionary(
      facts.scans.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    try copier.copy(TimelineEntry.self, from: folder, stage: "featurize") { row in
      guard let scan = places[row.scan] else { return }
      facts.histories[row.serverID, default: []].append(
        ServerVisit(
          scan: scan, state: row.state, outcome: row.outcome, software: row.softwareVersion,
          tipHeight: row.tipHeight, changes: row.changes, excused: row.excused))
    }
    try copier.copy(ServerReliability.self, from: folder, stage: "featurize") { row in
      if row.vantage == "*" { facts.reliability[row.serverID] = row }
    }
    try copier.copy(ScanChurn.self, from: folder, stage: "featurize") { facts.churn.append($0) }
    try copier.copy(Outage.self, from: folder, stage: "featurize") { facts.outages.append($0) }
    try copier.copy(ServerEvent.self, from: folder, stage: "featurize") {
      facts.events[$0.serverID, default: []].append($0)
    }
  }

  func readClusters(_ copier: TableCopier) throws {
    var classes: [BehaviourMembership] = []
    if try copier.copy(
      BehaviourMembership.self, from: inputs.clusters, stage: "cluster",
      observe: { classes.append($0) })
    {
      facts.behaviour = classes
    }
    var operators: [OperatorMembership] = []
    if try copier.copy(
      OperatorMembership.self, from: inputs.clusters, stage: "cluster",
      observe: { operators.append($0) })
    {
      facts.operators = operators
    }
    var links: [String: LinkRule] = [:]
    let exists = try copier.copy(Link.self, from: inputs.clusters, stage: "cluster") { row in
      facts.pairs.append(row)
      for agreement in row.agreements where agreement.bits > 0 {
        var link =
          links[agreement.rule]
          ?? LinkRule(
            rule: agreement.rule, group: agreement.group, strength: agreement.strength, pairs: 0,
            values: [:])
        link.pairs += 1
        links[agreement.rule] = link
      }
    }
    try copier.copy(SharedValue.self, from: inputs.clusters, stage: "cluster") { row in
      links[row.rule]?.values[row.value] = row.servers
      facts.sharedValues.append(row)
    }
    if exists {
      facts.links = links.values.sorted { ($1.pairs, $0.rule) < ($0.pairs, $1.rule) }
    }
    try copier.copy(OperatorBand.self, from: inputs.clusters, stage: "cluster") {
      facts.bands[$0.variant, default: [:]][$0.serverID] = $0.operatorID
    }
    try copier.copy(BehaviourFamily.self, from: inputs.clusters, stage: "cluster") {
      facts.families.append($0)
    }
    try copier.copy(BehaviourTrait.self, from: inputs.clusters, stage: "cluster") {
      facts.traits.append($0)
    }
    try copier.copy(BehaviourOutlier.self, from: inputs.clusters, stage: "cluster") {
      facts.outliers.append($0)
    }
    try copier.copy(DeploymentRecipe.self, from: inputs.clusters, stage: "cluster") {
      facts.recipes.append($0)
    }
    try copier.copy(NodeMembership.self, from: inputs.clusters, stage: "cluster") {
      facts.nodes.append($0)
    }
    try copier.copy(ClusterMetric.self, from: inputs.clusters, stage: "cluster") {
      facts.quality[$0.metric] = $0
    }
  }

  func readScores(_ copier: TableCopier) throws {
    var indicators: [Indicator] = []
    if try copier.copy(
      Indicator.self, from: inputs.scores, stage: "score", observe: { indicators.append($0) })
    {
      facts.indicators = indicators
    }
    var deviation: [Deviation] = []
    if try copier.copy(
      Deviation.self, from: inputs.scores, stage: "score", observe: { deviation.append($0) })
    {
      facts.deviation = deviation
    }
    try copier.copy(IndicatorEvidence.self, from: inputs.scores, stage: "score") {
      facts.evidence.append($0)
    }
    try copier.copy(ScoreSensitivityRow.self, from: inputs.scores, stage: "score") {
      facts.sensitivity.append($0)
    }
    var indices: [ConcentrationIndex] = []
    if try copier.copy(
      ConcentrationIndex.self, from: inputs.scores, stage: "score",
      observe: { indices.append($0) })
    {
      facts.concentration = indices
    }
    try readAnswers(copier)
  }

  private func readAnswers(_ copier: TableCopier) throws {
    var exposure: [GroupExposure] = []
    if try copier.copy(
      GroupExposure.self, from: inputs.scores, stage: "score", observe: { exposure.append($0) })
    {
      facts.exposure = exposure
    }
    var costs: [SybilCost] = []
    if try copier.copy(
      SybilCost.self, from: inputs.scores, stage: "score", observe: { costs.append($0) })
    {
      facts.sybilCost = costs
    }
    var answers: [Answer] = []
    if try copier.copy(
      Answer.self, from: inputs.scores, stage: "score", observe: { answers.append($0) })
    {
      facts.answers = answers
    }
    try copier.copy(NetworkEvent.self, from: inputs.scores, stage: "score") {
      facts.networkEvents.append($0)
    }
  }
}
