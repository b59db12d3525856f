internal import Records

/// Texts for messages that are no requests, for a second negotiation, and for a transaction that is
/// none.
extension RuleBook {
  static let refusals: [SoftwareRule] = shapes + parsers + transactions

  private static func text(
    _ id: String, _ tests: [SoftwareRule.Test], fits: [ReleaseSpan], _ rationale: String,
    _ source: RuleSource
  ) -> SoftwareRule {
    SoftwareRule(id, .errors, .any, tests, fits: fits, rationale, source)
  }

  private static let shapes: [SoftwareRule] = [
    text(
      "version-already-sent", [.isOneOf(.errorText, "server.version already sent"), .code(1)],
      fits: Speakers.electrumX + [.all(.fulcrum)],
      "ElectrumX and Fulcrum use the same words for a second negotiation.",
      .recorded(section: "2")),
    text(
      "params-fulcrum", [.isOneOf(.errorText, "Invalid params"), .code(-32600)],
      fits: [.all(.fulcrum)], "Fulcrum, for parameters that are no list.",
      .recorded(section: "4")),
    text(
      "id-fulcrum", [.begins(.errorText, "Error parsing JSON key \"id\": "), .code(-32600)],
      fits: [.all(.fulcrum)], "Fulcrum, for an id with a fraction or members.",
      .recorded(section: "4")),
    text(
      "id-invalid-quoted", [.begins(.errorText, "invalid \"id\": "), .code(-32600)],
      fits: Speakers.electrumX, "aiorpcX, for an id with members.", .recorded(section: "4")),
    text(
      "object-fulcrum",
      [.isOneOf(.errorText, "Invalid JSON RPC object", "Invalid request"), .code(-32600)],
      fits: [.all(.fulcrum)], "Fulcrum, for a message of another shape.",
      .recorded(section: "4")),
    text(
      "request-invalid", [.isOneOf(.errorText, "invalid request"), .code(-32600)],
      fits: Speakers.romanz + [.all(.electrsEsplora)],
      "electrs since 0.9 and the newer forks, for a message of another shape.",
      .reference(section: "4")),
    text(
      "request-aiorpcx",
      [
        .isOneOf(.errorText, "request object must be a dictionary", "batch is empty"),
        .code(-32600),
      ], fits: Speakers.electrumX, "aiorpcX, for a message of another shape.",
      .recorded(section: "4")),
  ]

  private static let parsers: [SoftwareRule] = [
    text(
      "json-aiorpcx",
      [.isOneOf(.errorText, "invalid JSON", "messages must be encoded in UTF-8"), .code(-32700)],
      fits: Speakers.electrumX, "aiorpcX, for what is no JSON.", .recorded(section: "4")),
    text(
      "json-fulcrum", [.begins(.errorText, "Failed to parse Json from string: "), .code(-32700)],
      fits: [.all(.fulcrum)], "Fulcrum repeats what is no JSON.", .recorded(section: "4")),
    text(
      "json-electrs", [.isOneOf(.errorText, "parse error"), .code(-32700)],
      fits: Speakers.romanz + [.all(.electrsEsplora)],
      "electrs since 0.9 and the newer forks, for what is no JSON.", .reference(section: "4")),
    text(
      "json-floresta",
      [.begins(.errorText, "Parse error. Invalid JSON was received"), .code(-32700)],
      fits: Speakers.floresta, "Floresta, for what is no JSON.", .reference(section: "4")),
  ]

  private static let transactions: [SoftwareRule] = [
    text(
      "rejection-with-hex",
      [
        .begins(.errorText, "the transaction was rejected by network rules."),
        .ends(.errorText, "]"), .code(1),
      ], fits: Speakers.electrumX, "ElectrumX adds the transaction to the node's words.",
      .recorded(section: "4")),
    text(
      "rejection-without-hex",
      [
        .begins(.errorText, "the transaction was rejected by network rules."),
        .ends(.errorText, "\n"), .code(1),
      ], fits: [.all(.fulcrum)], "Fulcrum uses ElectrumX's words and leaves it out.",
      .recorded(section: "4")),
  ]
}
