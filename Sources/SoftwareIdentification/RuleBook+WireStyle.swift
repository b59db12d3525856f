internal import Records

/// How replies are written, whatever they say.
extension RuleBook {
  static let wireStyle: [SoftwareRule] = lines + keys + spaces

  private static let lines: [SoftwareRule] = [
    SoftwareRule(
      "line-end-crlf", .wireStyle, .any, [.isOneOf(.lineEnd, "crlf")], fits: [.all(.fulcrum)],
      open: Speakers.jelectrum, "Fulcrum alone ends its lines with CR LF.",
      .recorded(section: "3")),
    SoftwareRule(
      "line-end-lf", .wireStyle, .any, [.isOneOf(.lineEnd, "lf")],
      fits: Speakers.electrumX + Speakers.electrsFamily + Speakers.personal + Speakers.floresta,
      open: Speakers.jelectrum, "All but Fulcrum end their lines with LF.",
      .recorded(section: "3")),
  ]

  private static let keys: [SoftwareRule] = [
    SoftwareRule(
      "key-order-inserted", .wireStyle, .any, [.isOneOf(.keyOrder, "jsonrpc,result,id")],
      fits: Speakers.electrumX + Speakers.personal, open: Speakers.jelectrum,
      "Python writes the keys of a result as the program put them in.", .recorded(section: "3")),
    SoftwareRule(
      "key-order-sorted", .wireStyle, .any, [.isOneOf(.keyOrder, "id,jsonrpc,result")],
      fits: [.all(.fulcrum)] + Speakers.electrsFamily + Speakers.floresta,
      open: Speakers.jelectrum, "Fulcrum and the Rust servers sort the keys of a result.",
      .recorded(section: "3")),
    SoftwareRule(
      "error-key-order-inserted", .wireStyle, .any, [.isOneOf(.keyOrder, "jsonrpc,error,id")],
      fits: Speakers.electrumX, open: Speakers.jelectrum,
      "aiorpcX puts the error between the other keys.", .recorded(section: "3")),
    SoftwareRule(
      "error-key-order-sorted", .wireStyle, .any, [.isOneOf(.keyOrder, "error,id,jsonrpc")],
      fits: [.all(.fulcrum)] + Speakers.electrsFamily + Speakers.floresta,
      open: Speakers.jelectrum, "Fulcrum and the Rust servers sort the keys of an error.",
      .recorded(section: "3")),
    SoftwareRule(
      "error-key-order-error-first", .wireStyle, .any, [.isOneOf(.keyOrder, "error,jsonrpc,id")],
      fits: Speakers.personal, open: Speakers.jelectrum,
      "Electrum Personal Server puts the error first and the id last.",
      .published("chris-belcher/electrum-personal-server electrumprotocol.py")),
  ]

  private static let spaces: [SoftwareRule] = [
    SoftwareRule(
      "separators-spaced", .wireStyle, .any, [.isOneOf(.separators, "spaced")],
      fits: [.before(.electrumX, "1.17.0")] + Speakers.personal, open: Speakers.jelectrum,
      "Python's default separators, which aiorpcX gave up before ElectrumX 1.17.",
      .recorded(section: "3")),
    SoftwareRule(
      "separators-compact", .wireStyle, .any, [.isOneOf(.separators, "compact")],
      fits: [.since(.electrumX, "1.17.0"), .all(.electrumXSV), .all(.fulcrum)]
        + Speakers.electrsFamily + Speakers.floresta,
      open: Speakers.jelectrum, "No space after comma and colon.", .recorded(section: "3")),
    SoftwareRule(
      "batch-separators-mixed", .wireStyle, .named(["malformed.batch", "limits.batch-12"]),
      [.isOneOf(.separators, "mixed")],
      fits: [.since(.electrumX, "1.17.0"), .all(.electrumXSV)], open: Speakers.jelectrum,
      "aiorpcX writes compact items and joins them with a comma and a space.",
      .recorded(section: "3")),
    SoftwareRule(
      "padding", .wireStyle, .any, [.isOneOf(.padding, "some")],
      fits: [.since(.electrumX, "1.18.0")],
      "ElectrumX fills its packets with spaces since 1.18, and nobody else does.",
      .recorded(section: "3")),
    SoftwareRule(
      "padding-absent", .wireStyle, .named(openings),
      [.isAbsent(.padding)],
      fits: [.before(.electrumX, "1.18.0"), .all(.electrumXSV), .all(.fulcrum)]
        + Speakers.electrsFamily + Speakers.personal + Speakers.floresta,
      open: Speakers.jelectrum,
      "A reply that stands alone, as that to the first request, is always filled up since 1.18 "
        + "(over TCP and TLS; WebSocket is not spoken here).", .recorded(section: "3")),
  ]
}
