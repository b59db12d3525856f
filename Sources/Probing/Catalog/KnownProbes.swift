/// Every probe that any plan of these programs asks, by its id: what a stage may say about a probe
/// that it meets in evidence.
public enum KnownProbes {
  /// The name that tables give to the family of a probe that no plan has.
  public static let unknownFamily = "other"

  /// How the ids of the questions for headers behind known splits begin; the height follows.
  public static let forkPrefix = "second.fork."

  private static let byID: [String: Probe] = {
    let differential = ProbePlan.differential(clientName: "", block: 0).sessions.flatMap(\.probes)
    let simulated = ProbeCatalog.all(clientName: "", scripts: .simulated)
    return Dictionary(
      (ProbeCatalog.all(clientName: "") + simulated + ProbeCatalog.retired(clientName: "")
        + [ProbeCatalog.opening("server.version.tls.1.6", clientName: "")] + differential)
        .map { ($0.id, $0) },
      uniquingKeysWith: { first, _ in first })
  }()

  /// The probe of this id; nil where no plan has it.
  public static func probe(_ id: String) -> Probe? { byID[id] }

  /// The family that every table counts a probe in.
  public static func family(of id: String) -> String {
    byID[id]?.family.rawValue ?? unknownFamily
  }

  /// Whether only some servers are asked it.
  public static func isConditional(_ id: String) -> Bool {
    // The heights of a simulated network's forks are its own.
    byID[id]?.isConditional ?? id.hasPrefix(forkPrefix)
  }

  /// Ids of the question that opens a scan's first connection to an endpoint, newest plan first.
  public static let identifications = ["server.version.1.6", "server.version"]

  /// Whether its answer shows the shortest round trip of its connection.
  static func isPing(_ id: String) -> Bool {
    id.hasPrefix("server.ping") || (id.hasPrefix("alone.") && id.hasSuffix(".server.ping"))
  }

  /// Whether it is asked alone behind many others.
  static func isAloneLast(_ id: String) -> Bool { id.hasPrefix("alone.last.") }

  /// The id of the question itself, asked under our name in any of a scan's visits.
  public static func question(ofVisit id: String) -> Substring {
    let prefix = ProbeCatalog.laterPrefixes.first { id.hasPrefix($0) }
    return id.dropFirst(prefix?.count ?? 0)
  }

  /// The id of the question itself: other visits, other names and the arms of the client-differential
  /// experiment ask what the first connection asks, under ids of their own.
  public static func question(of id: String) -> Substring {
    let asked = question(ofVisit: id)
    if asked != id { return asked }
    let named = [DifferentialPlan.prefix, ClientArm.prefix, "alone."]
    guard named.contains(where: { id.hasPrefix($0) }) else { return id[...] }
    return id.split(separator: ".", maxSplits: 2).last ?? id[...]
  }
}
