import Records

extension IndicatorRule {
  static let perfectUptime = IndicatorRule(
    id: "I22.perfect-uptime", group: .meta, grades: .init(.none),
    statement: "The server was never seen down.",
    explanation: .init(
      statistic: "Not scored: the table of reliability has it.",
      null: "Good operators have it.",
      rationale: "None: it says nothing of deviation.",
      refutedBy: "Nothing need refute it."),
    source: .published(
      "The original observatory's documentation, indicator 3.1"))
}
