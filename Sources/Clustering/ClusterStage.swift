import Artifact
import RecordLinkage
import Records
public import StageKit

/// Facts and features -> behaviour classes and likely operators, with the evidence for each pair.
public struct ClusterStage {
  public static let identity = StageIdentity(name: "cluster", revision: 2)

  /// The rules that it applies, and those that it states and cannot evaluate yet.
  static let rules: [RuleRecord<ClusterRules>] = OperatorRule.all.map { RuleRecord($0) }

  let parameters: ClusterParameters
  let context: StageContext

  public init(_ parameters: ClusterParameters, context: StageContext) {
    self.parameters = parameters
    self.context = context
    context.seed = parameters.seed
  }

  /// - Parameters:
  ///   - normalized: the folder that `normalize` wrote.
  ///   - features: the folder that `featurize` wrote.
  public func run(normalized: String, features: String) throws {
    let listed = try context.rows(FeatureProfile.self, folder: features)
    let behaviour = try behaviour(listed, features: features)
    let servers = try ServerFactsReader.servers(
      normalized: normalized, features: features, context: context)
    try context.checkInterruption()
    let (partitions, bands, check) = try linked(place: features) { () throws(LinkageError) in
      let partitions = try OperatorPartitions(
        servers, copiedKeys: parameters.copiedKeys, model: parameters.model,
        threads: context.threads, memory: parameters.memory)
      let bands = try OperatorBands.rows(
        partitions, threads: context.threads, memory: parameters.memory)
      let check = try PermutationCheck(
        partitions.linkage, strata: servers.map(\.stratum), repeats: parameters.permutations,
        seed: UInt64(parameters.seed))
      return (partitions, bands, check)
    }
    try context.checkInterruption()
    let tables = OperatorTables(partitions)
    let links = tables.links(perValue: parameters.linksPerValue)
    try context.write(tables.memberships(listed.map(\.serverID)))
    try context.write(links)
    try context.write(tables.sharedValues(links))
    try context.write(tables.recipes)
    try context.write(tables.nodes)
    try context.write(bands)
    try context.write(
      ClusterQuality(listed: listed.count, partitions, check).metrics
        + behaviour.metrics(software: Self.software(listed)))
    try context.write(Self.rules, inputs: [])
  }

  private func behaviour(
    _ listed: [FeatureProfile], features: String
  ) throws -> BehaviourTables {
    var signatures: [String: [String: String]] = [:]
    let reader = try context.reader(ProbeSignature.self, folder: features)
    while let row = try reader.next() {
      signatures[row.serverID, default: [:]][row.probe] = row.signature
    }
    var times: [String: [String: Double]] = [:]
    let timings = try context.reader(ServiceTime.self, folder: features)
    while let row = try timings.next() {
      // The way through an onion service takes what it takes, whatever the server does.
      guard row.path == .direct, let median = row.median else { continue }
      times[row.serverID, default: [:]][row.probe] = median
    }
    try context.checkInterruption()
    let behaviour = try BehaviourTables(
      BehaviourTable(
        Dictionary(
          listed.filter(\.reached).map { ($0.serverID, signatures[$0.serverID] ?? [:]) },
          uniquingKeysWith: { first, _ in first }), times: times),
      parameters, threads: context.threads, check: { try context.checkInterruption() })
    try context.write(behaviour.memberships)
    try context.write(behaviour.familyRows)
    try context.write(behaviour.traits)
    try context.write(behaviour.outliers)
    return behaviour
  }

  /// Implementation and major version, as the server says.
  private static func software(_ servers: [FeatureProfile]) -> [String: String] {
    var names: [String: String] = [:]
    for server in servers {
      guard let name = server.features.text(.software) else { continue }
      let major = server.features.text(.softwareVersion)?.split(separator: ".").first ?? ""
      names[server.serverID] = "\(name) \(major)"
    }
    return names
  }

  /// Tells a refusal of the linkage as the stage's own.
  func linked<Result>(
    place: String, _ work: () throws(LinkageError) -> Result
  ) throws -> Result {
    do throws(LinkageError) {
      return try work()
    } catch {
      throw StageError(
        .unavailable, place: place, expected: "pairs of servers within memory_mib",
        found: error.description, remedy: "raise memory_mib, or cluster fewer servers")
    }
  }
}

extension ServerFacts {
  /// Where values are exchanged in the check by shuffled values: implementation and autonomous
  /// system.
  fileprivate var stratum: String {
    (implementation ?? "") + " " + (autonomousSystems.min() ?? "")
  }
}
