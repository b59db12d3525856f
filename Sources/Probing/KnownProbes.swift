/// Every probe that any plan of these programs asks, by its id: what a stage may say about a probe
/// that it meets in evidence.
public enum KnownProbes {
  /// The name that tables give to the family of a probe that no plan has.
  public static let unknownFamily = "other"

  private static let byID: [String: Probe] = {
    let differential = ProbePlan.differential(clientName: "", block: 0).sessions.flatMap(\.probes)
    return Dictionary(
      (ProbeCatalog.all(clientName: "") + differential).map { ($0.id, $0) },
      uniquingKeysWith: { first, _ in first })
  }()

  /// The probe of this id; nil where no plan has it.
  public static func probe(_ id: String) -> Probe? { byID[id] }

  /// The family that every table counts a probe in.
  public static func family(of id: String) -> String {
    byID[id]?.family.rawValue ?? unknownFamily
  }

  /// The id of the question itself: an arm of the client-differential experiment asks what other
  /// connections ask, under an id of its own.
  public static func question(of id: String) -> Substring {
    guard id.hasPrefix(DifferentialPlan.prefix) else { return id[...] }
    return id.split(separator: ".", maxSplits: 2).last ?? id[...]
  }
}
