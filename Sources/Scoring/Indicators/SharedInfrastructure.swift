import Records

extension IndicatorRule {
  static let sharedInfrastructure = IndicatorRule(
    id: "I23.shared-infrastructure", group: .meta, grades: .init(.none),
    statement: "The server shares a certificate, a node or its announcements with others.",
    explanation: .init(
      statistic: "Not scored: it says who runs servers, and the clusters have it.",
      null: "Operators run several servers, and hosters many people's.",
      rationale: "None: it says nothing of deviation.",
      refutedBy: "Nothing need refute it."),
    source: .published(
      "The original observatory's documentation, indicators 1.1 and 3.2"))
}
