import Probing

/// How much a scan asks of a server, as a command line names it.
public enum PlanExtent: String, Sendable, CaseIterable {
  case light
  case full
  case differential

  var extent: ProbePlan.Extent { ProbePlan.Extent(rawValue: rawValue) ?? .light }
}

extension CollectParameters {
  /// The plan for people.
  public func planTable(_ extent: PlanExtent?, turn: Int) -> String {
    plan(isSimulated: false, turn: turn, extent: extent?.extent).table
  }
}
