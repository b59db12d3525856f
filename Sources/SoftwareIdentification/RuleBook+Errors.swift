internal import Records

/// Texts that one implementation uses for unknown methods and bad parameters, whatever was asked.
extension RuleBook {
  static let errors: [SoftwareRule] = unknownMethods + counts + values

  private static func text(
    _ id: String, _ tests: [SoftwareRule.Test], fits: [ReleaseSpan], open: [ReleaseSpan] = [],
    _ rationale: String, _ source: RuleSource
  ) -> SoftwareRule {
    SoftwareRule(id, .errors, .any, tests, fits: fits, open: open, rationale, source)
  }

  private static let unknownMethods: [SoftwareRule] = [
    text(
      "unknown-method-quoted", [.begins(.errorText, "unknown method \""), .code(-32601)],
      fits: Speakers.electrumX, "ElectrumX quotes the method.", .recorded(section: "4")),
    text(
      "unknown-method-bare",
      [
        .begins(
          .errorText, "unknown method blockchain.", "unknown method server.",
          "unknown method mempool."),
        .code(-32601),
      ], fits: [.all(.electrsEsplora)], "The forks of electrs do not quote it.",
      .reference(section: "4")),
    text(
      "unsupported-request", [.begins(.errorText, "Unsupported request: "), .code(-32601)],
      fits: [.all(.fulcrum)], "Fulcrum's words for an unknown method.", .recorded(section: "4")),
    text(
      "method-not-found", [.isOneOf(.errorText, "method not found"), .code(-32601)],
      fits: Speakers.romanz, "The words of electrs since 0.9, without the method.",
      .reference(section: "4")),
    text(
      "internal-error", [.isOneOf(.errorText, "Internal JSON-RPC error."), .code(-32000)],
      fits: Speakers.floresta, "Floresta has one error for everything.",
      .reference(section: "4")),
    SoftwareRule(
      "address-on-bch", .errors, .named(["removed.address.get_balance"]),
      [.begins(.errorText, "blockchain.address.* methods are only available on BCH")],
      fits: [.since(.fulcrum, "1.7.0")], open: [.between(.fulcrum, "1.6.0", "1.7.0")],
      "Fulcrum knows address methods, for another coin, since May 2022.",
      .recorded(section: "4")),
    SoftwareRule(
      "address-unsupported", .errors, .named(["removed.address.get_balance"]),
      [.begins(.errorText, "Unsupported request: ")], fits: [.before(.fulcrum, "1.6.0")],
      open: [.between(.fulcrum, "1.6.0", "1.8.0")], "Fulcrum before May 2022.",
      .reference(section: "4")),
  ]

  private static let counts: [SoftwareRule] = [
    text(
      "arguments-passed", [.contains(.errorText, " passed to method "), .code(-32602)],
      fits: Speakers.electrumX, "aiorpcX counts the arguments.", .recorded(section: "4")),
    text(
      "expected-at",
      [.begins(.errorText, "Expected at least ", "Expected at most "), .code(-32602)],
      fits: [.all(.fulcrum)], "Fulcrum counts the parameters.", .recorded(section: "4")),
    text(
      "invalid-params", [.isOneOf(.errorText, "invalid params"), .code(-32602)],
      fits: Speakers.romanz, "One text for all bad parameters.", .reference(section: "4")),
    text(
      "missing-parameter", [.begins(.errorText, "missing h", "non-integer "), .code(-32602)],
      fits: [.all(.electrsEsplora)], "The forks of electrs name the parameter.",
      .reference(section: "4")),
    text(
      "named-unsupported",
      [.begins(.errorText, "Named params are not supported"), .code(-32602)],
      fits: [.all(.fulcrum)], "Fulcrum's words for parameters by name.", .recorded(section: "4")),
    text(
      "request-arguments", [.begins(.errorText, "invalid request arguments: "), .code(-32602)],
      fits: Speakers.electrumX, "aiorpcX, for parameters that are no list.",
      .recorded(section: "4")),
  ]

  private static let values: [SoftwareRule] = [
    text(
      "not-a-script-hash", [.ends(.errorText, " is not a valid script hash"), .code(1)],
      fits: Speakers.electrumX, "ElectrumX repeats what it was sent.", .recorded(section: "4")),
    text(
      "invalid-scripthash", [.isOneOf(.errorText, "Invalid scripthash"), .code(1)],
      fits: [.all(.fulcrum)], "Fulcrum's words for the same.", .recorded(section: "4")),
    text(
      "non-hex-hash", [.isOneOf(.errorText, "non-hex hash"), .code(-32602)],
      fits: [.all(.electrsEsplora)], "The words of the forks of electrs.",
      .reference(section: "4")),
    text(
      "bad-script-hash", [.isOneOf(.errorText, "bad script_hash"), .isAbsent(.errorCode)],
      fits: Speakers.olderElectrs, "The words of older electrs and its older forks.",
      .published("mempool/electrs src/electrum/server.rs, romanz/electrs src/rpc.rs")),
    text(
      "bare-error", [.isAbsent(.errorCode), .begins(.errorText, "")],
      fits: Speakers.olderElectrs + Speakers.bwt + Speakers.personal, open: Speakers.jelectrum,
      "An error without a code.", .reference(section: "4")),
    text(
      "height-with-commas",
      [.begins(.errorText, "height "), .ends(.errorText, " out of range"), .code(1)],
      fits: Speakers.electrumX, "ElectrumX's words for a height that is none.",
      .recorded(section: "4")),
    text(
      "height-is-out",
      [.begins(.errorText, "Height "), .ends(.errorText, " is out of range"), .code(1)],
      fits: [.all(.fulcrum)], "Fulcrum's words for the same.", .recorded(section: "4")),
    text(
      "height-minus-one",
      [.begins(.errorText, "height "), .ends(.errorText, " out of range"), .code(-1)],
      fits: Speakers.personal, "ElectrumX's words with a code of its own.",
      .published("chris-belcher/electrum-personal-server electrumprotocol.py")),
    text(
      "no-header-at", [.begins(.errorText, "no header at "), .code(1)], fits: Speakers.romanz,
      "The words of electrs since 0.9.", .reference(section: "4")),
    text(
      "missing-header", [.isOneOf(.errorText, "missing header"), .code(-32603)],
      fits: [.all(.electrsEsplora)], "The words of the forks of electrs.",
      .reference(section: "4")),
  ]
}
