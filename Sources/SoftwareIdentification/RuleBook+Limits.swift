internal import Records

/// How a server says that it is enough.
extension RuleBook {
  static let limits: [SoftwareRule] = [
    limit(
      "excessive-usage", [.begins(.errorText, "excessive resource usage"), .code(-101)],
      fits: Speakers.electrumX, "aiorpcX's cost limit."),
    limit(
      "server-busy", [.begins(.errorText, "server busy"), .code(-102)],
      fits: Speakers.electrumX, "aiorpcX's limit of time."),
    limit(
      "flood", [.begins(.errorText, "Excessive flood"), .code(3)], fits: [.all(.fulcrum)],
      "Fulcrum's limit of requests."),
    limit(
      "batch-limit", [.isOneOf(.errorText, "Batch limit exceeded"), .code(4)],
      fits: [.all(.fulcrum)], "Fulcrum's limit of a batch."),
    limit(
      "history-too-large", [.isOneOf(.errorText, "history too large"), .code(1)],
      fits: [.before(.electrumX, "2.0.0"), .all(.electrumXSV)],
      open: Speakers.romanz + [.all(.electrsEsplora)],
      "ElectrumX's limit of a history, with the code of any bad request."),
    limit(
      "history-too-large-10001", [.isOneOf(.errorText, "history too large"), .code(10_001)],
      fits: [.since(.electrumX, "2.0.0")], "The same with a code of its own."),
    limit(
      "response-too-large", [.begins(.errorText, "response too large"), .code(-32600)],
      fits: Speakers.electrumX, "aiorpcX's limit of a reply."),
  ]

  private static func limit(
    _ id: String, _ tests: [SoftwareRule.Test], fits: [ReleaseSpan], open: [ReleaseSpan] = [],
    _ rationale: String
  ) -> SoftwareRule {
    SoftwareRule(
      "limit-\(id)", .limits, .any, tests, fits: fits, open: open, rationale,
      .recorded(section: id == "flood" ? "7, from source" : "4 and 7"))
  }
}
