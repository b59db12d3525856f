extension ProbePlan {
  /// The plan for people: every probe with its family, purpose and cost, and what it costs a server.
  public var table: String {
    var lines = ["plan \(id), turn \(turn + 1) of \(turns) of the costly probes", ""]
    for session in sessions {
      lines.append(
        "connection \(session.id), \(session.scope.rawValue): cost \(Self.text(session.cost))")
      for probe in session.probes {
        let id = Self.padded(probe.id, 34)
        let family = Self.padded(probe.family.rawValue, 10)
        lines.append("  \(id) \(family) \(Self.padded(Self.text(probe.cost), 6)) \(probe.purpose)")
      }
      lines.append("")
    }
    lines.append(
      "total for a server of two endpoints: \(Self.text(cost())) of \(Self.text(CostModel.planLimit))"
        + " allowed (ElectrumX's default hard limit is \(Self.text(CostModel.hardLimit)))")
    return lines.map { $0 + "\n" }.joined()
  }

  /// In a line.
  public var summary: String {
    let probes = sessions.reduce(0) { $0 + $1.probes.count }
    return "\(probes) questions a server on \(sessions.count) connections, plan \(id), cost "
      + "\(Self.text(cost())) of \(Self.text(CostModel.planLimit)) allowed"
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  /// With one decimal.
  private static func text(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
