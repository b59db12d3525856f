import Records

extension IndicatorRule {
  static let missingLimit = IndicatorRule(
    id: "I21.missing-limit", group: .meta, grades: .init(.none),
    statement: "The server shows no limit.",
    explanation: .init(
      statistic: "Not measured: it would take load, and a limit is configuration.",
      null: "Operators set limits as they like.",
      rationale: "None: it says nothing of deviation.",
      refutedBy: "Nothing need refute it."),
    source: .published(
      "electrumx-spesmilo.readthedocs.io, COST_SOFT_LIMIT"), requirement: .conduct)
}
