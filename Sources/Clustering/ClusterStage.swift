import Artifact
import Records
public import StageKit

/// Features -> behaviour classes and likely operators, with the evidence for each pair.
public struct ClusterStage {
  public static let identity = StageIdentity(name: "cluster", revision: 1)

  /// The rules that it applies.
  static let rules: [RuleRecord<ClusterRules>] = IdentityRule.all.map { RuleRecord($0) }

  private let parameters: ClusterParameters
  private let context: StageContext

  public init(_ parameters: ClusterParameters, context: StageContext) {
    self.parameters = parameters
    self.context = context
  }

  /// - Parameter features: the folder that `featurize` wrote.
  public func run(features: String) throws {
    let servers = try context.rows(FeatureProfile.self, folder: features)
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
    let reached = servers.filter(\.reached)
    let behaviour = try BehaviourTables(
      BehaviourTable(
        Dictionary(
          reached.map { ($0.serverID, signatures[$0.serverID] ?? [:]) },
          uniquingKeysWith: { first, _ in first }), times: times),
      parameters, threads: context.threads, check: { try context.checkInterruption() })
    let partition = OperatorPartition(servers, parameters: parameters)
    try context.checkInterruption()
    try context.write(behaviour.memberships)
    try context.write(behaviour.familyRows)
    try context.write(behaviour.traits)
    try context.write(behaviour.outliers)
    try context.write(partition.links)
    try context.write(partition.memberships)
    try context.write(
      ClusterQuality.metrics(servers, partition)
        + behaviour.metrics(software: Self.software(servers)))
    try context.write(Self.rules, inputs: [])
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
}

/// Figures about the partitions as a whole.
enum ClusterQuality {
  static func metrics(
    _ servers: [FeatureProfile], _ partition: OperatorPartition
  ) -> [ClusterMetric] {
    let reached = Set(servers.filter(\.reached).map(\.serverID))
    let members = partition.memberships.filter { reached.contains($0.serverID) }
    let sizes = Dictionary(grouping: members, by: \.operatorID).mapValues(\.count)
    let identities = Set(members.map(\.identityID)).count
    let confirmed = Set(members.filter { $0.label == .confirmed }.map(\.operatorID)).count
    func metric(_ name: String, _ value: Int, _ summary: String) -> ClusterMetric {
      ClusterMetric(metric: name, summary: summary).with {
        $0.value = Double(value)
      }
    }
    return [
      metric("servers.listed", servers.count, "Servers in the dataset, reached or only listed."),
      metric("servers.reached", reached.count, "Servers that were reached in any scan."),
      metric(
        "operators.identity", identities,
        "Groups of reached servers over evidence that framing cannot make: an upper bound on operators."
      ),
      metric("operators.likely", sizes.count, "Likely operators of reached servers."),
      metric("operators.confirmed", confirmed, "Of these, with several servers and confirmed."),
      metric(
        "operators.largest", sizes.values.max() ?? 0,
        "Reached servers of the largest likely operator."),
      metric("links", partition.links.count, "Pieces of identity evidence between two servers."),
    ]
  }
}
