extension ProbePlan {
  /// The plan for people: every probe with its family, purpose and cost, and what it costs a server.
  public var table: String {
    var lines = ["plan \(id), turn \(turn + 1) of \(turns) of the costly probes", ""]
    for session in sessions { lines += Self.lines(session, session.scope.rawValue) }
    for session in repeats {
      lines += Self.lines(session, "only where a wallet's name was answered otherwise than ours")
    }
    for session in later { lines += Self.lines(session, "a later visit, once an address") }
    if !corroboration.isEmpty {
      lines.append("in the second visit, only of a server whose answers differ from the others'")
      lines += corroboration.map(Self.line) + [""]
    }
    lines.append(
      "total for a server of two endpoints: \(Self.text(cost())) of \(Self.text(CostModel.planLimit))"
        + " allowed (ElectrumX's default hard limit is \(Self.text(CostModel.hardLimit)))")
    if conditionalCost > 0 {
      lines.append("at most \(Self.text(conditionalCost)) more where answers differ")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func lines(_ session: ProbeSession, _ scope: String) -> [String] {
    ["connection \(session.id), \(scope): cost \(text(session.cost))"]
      + session.probes.map(line) + [""]
  }

  private static func line(_ probe: Probe) -> String {
    let id = padded(probe.id, 34)
    let family = padded(probe.family.rawValue, 13)
    return "  \(id) \(family) \(padded(text(probe.cost), 6)) \(probe.purpose)"
  }

  /// In a line.
  public var summary: String {
    let all = sessions + later
    let probes = all.reduce(0) { $0 + $1.probes.count }
    return "\(probes) questions a server on \(all.count) connections, plan \(id), cost "
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
