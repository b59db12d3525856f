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
    try context.checkInterruption()
    let profiles = servers.filter(\.reached).map {
      BehaviourClasses.Profile(serverID: $0.serverID, signatures: signatures[$0.serverID] ?? [:])
    }
    let classes = BehaviourClasses(profiles, parameters: parameters)
    let partition = OperatorPartition(servers, parameters: parameters)
    try context.checkInterruption()
    try context.write(Self.memberships(classes, profiles))
    try context.write(partition.links)
    try context.write(partition.memberships)
    try context.write(ClusterQuality.metrics(servers, classes, partition))
    try context.write(Self.rules, inputs: [])
  }

  private static func memberships(
    _ classes: BehaviourClasses, _ profiles: [BehaviourClasses.Profile]
  ) -> [BehaviourMembership] {
    var classOf: [String: (id: String, size: Int)] = [:]
    for group in classes.classes {
      let id = BehaviourClasses.id(of: group.representative)
      for member in group.members { classOf[member] = (id, group.members.count) }
    }
    return profiles.map { profile in
      BehaviourMembership(serverID: profile.serverID).with {
        $0.classID = classOf[profile.serverID]?.id
        $0.classSize = classOf[profile.serverID]?.size
        $0.coverage = classes.coverage(of: profile)
      }
    }
  }
}

/// Figures about the partitions as a whole.
enum ClusterQuality {
  static func metrics(
    _ servers: [FeatureProfile], _ classes: BehaviourClasses, _ partition: OperatorPartition
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
      metric("behaviour.classes", classes.classes.count, "Exact behaviour classes."),
      metric(
        "behaviour.unclassed", classes.unclassed.count,
        "Reached servers with too few answers to be classed."),
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
