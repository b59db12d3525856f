/// A rule that an observation of a server met.
public struct Finding: Sendable, Equatable {
  /// Id of the rule.
  public let rule: String
  /// The probe whose reply met it.
  public let probe: String
  /// What was observed.
  public let observed: String

  /// Longer observations are cut: a server chooses how much it says.
  private static let longestObservation = 200

  package init(rule: String, probe: String, observed: String) {
    self.rule = rule
    self.probe = probe
    let limit = Self.longestObservation
    self.observed =
      observed.utf8.count <= limit
      ? observed : String(decoding: observed.utf8.prefix(limit), as: UTF8.self) + "…"
  }
}
