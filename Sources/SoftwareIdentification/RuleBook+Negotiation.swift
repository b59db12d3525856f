internal import Records

/// What becomes of a range of protocol versions: the age of a release.
extension RuleBook {
  static let negotiation: [SoftwareRule] = electrumXMaxima + fulcrumMaxima + others

  /// Up to 1.7, which every release knows to answer.
  private static let widest = [
    "server.version", "server.version.further", "server.version.odd",
  ]
  private static let unbounded = "server.version.1.4-99"
  private static let upTo16 = [
    "server.version.1.4-1.6", "server.version.1.6", "server.version.further.1.6",
    "server.version.odd.1.6",
  ]
  private static let upTo143 = "server.version.1.4-1.4.3"

  private static let beyond16 = widest + [unbounded]
  private static let beyond15 = beyond16 + upTo16
  private static let ranges = beyond15 + [upTo143]
  /// Everything that is the first question of its connection, so that its reply stands alone.
  static let openings = ranges + ["server.version.1.4"]

  private static func agreed(
    _ id: String, on version: String, _ probes: [String], fits: [ReleaseSpan],
    open: [ReleaseSpan] = [], _ rationale: String, _ source: RuleSource
  ) -> SoftwareRule {
    SoftwareRule(
      id, .negotiation, .named(probes), [.isOneOf(.protocolVersion, version)], fits: fits,
      open: open, rationale, source)
  }

  private static let electrumXMaxima: [SoftwareRule] = [
    agreed(
      "agrees-1.4.1", on: "1.4.1", ranges, fits: [.before(.electrumX, "1.11.0")],
      open: [.between(.electrumX, "1.11.0", "1.12.0")], "The maximum of ElectrumX to 1.10.",
      .reference(section: "2")),
    agreed(
      "agrees-1.4.2", on: "1.4.2", ranges,
      fits: [
        .between(.electrumX, "1.12.0", "1.17.0"), .all(.electrumXSV), .before(.fulcrum, "1.1.1"),
      ], open: [.between(.electrumX, "1.11.0", "1.12.0")],
      "The maximum of ElectrumX 1.12 to 1.16, of that for SV, and of the first Fulcrum.",
      .recorded(section: "2")),
    agreed(
      "agrees-1.4.3", on: "1.4.3", beyond15, fits: [.between(.electrumX, "1.17.0", "1.19.0")],
      "The maximum of ElectrumX 1.17 and 1.18.", .recorded(section: "2")),
    agreed(
      "reaches-1.4.3", on: "1.4.3", [upTo143],
      fits: [.since(.electrumX, "1.17.0"), .since(.fulcrum, "1.1.1")],
      "Whoever goes further takes what is offered.", .recorded(section: "2")),
    agreed(
      "agrees-1.6.0", on: "1.6.0", beyond15, fits: [.between(.electrumX, "1.19.0", "2.0.0")],
      "ElectrumX prints its own maximum with three parts.", .recorded(section: "2")),
    agreed(
      "reaches-1.6", on: "1.6", upTo16,
      fits: [.since(.electrumX, "1.19.0"), .since(.fulcrum, "2.0.0")],
      "Whoever knows 1.6 takes what is offered, in the words of the offer.",
      .recorded(section: "2")),
    agreed(
      "agrees-1.7", on: "1.7", widest, fits: [.since(.electrumX, "2.0.0")],
      "Protocol 1.7 is ElectrumX 2.0's alone.", .recorded(section: "2")),
    agreed(
      "agrees-1.7.0", on: "1.7.0", [unbounded], fits: [.since(.electrumX, "2.0.0")],
      "The maximum of ElectrumX 2.0, with three parts.", .recorded(section: "2")),
  ]

  private static let fulcrumMaxima: [SoftwareRule] = [
    fulcrum("1.4.4", beyond15, [.between(.fulcrum, "1.1.1", "1.5.0")]),
    fulcrum("1.4.5", beyond15, [.between(.fulcrum, "1.5.0", "1.9.0")]),
    fulcrum("1.5", beyond15, [.between(.fulcrum, "1.9.0", "1.9.1")]),
    fulcrum("1.5.1", beyond15, [.between(.fulcrum, "1.9.1", "1.9.5")]),
    fulcrum("1.5.2", beyond15, [.between(.fulcrum, "1.9.5", "1.10.0")]),
    fulcrum("1.5.3", beyond15, [.between(.fulcrum, "1.10.0", "2.0.0")]),
    agreed(
      "agrees-1.6", on: "1.6", beyond16, fits: [.since(.fulcrum, "2.0.0")],
      "Fulcrum prints no third part that is zero.", .recorded(section: "2")),
  ]

  private static func fulcrum(
    _ version: String, _ probes: [String], _ fits: [ReleaseSpan]
  ) -> SoftwareRule {
    agreed(
      "agrees-\(version)", on: version, probes, fits: fits,
      "A maximum that Fulcrum alone has had, at that time.", .reference(section: "2"))
  }

  private static let others: [SoftwareRule] = [
    agreed(
      "agrees-1.4", on: "1.4", ranges, fits: Speakers.electrsFamily + Speakers.floresta,
      "The Rust servers answer 1.4 whatever more is offered.", .reference(section: "2")),
    agreed(
      "takes-1.4", on: "1.4", ["server.version.1.4"],
      fits: Speakers.electrumX + [.all(.fulcrum)] + Speakers.electrsFamily + Speakers.personal
        + Speakers.floresta, "All but Jelectrum take 1.4 where it is asked for.",
      .recorded(section: "2")),
    SoftwareRule(
      "agrees-1.1", .negotiation, .family(SoftwareObservations.versionProbe),
      [.isOneOf(.protocolVersion, "1.1", "0.10")], fits: Speakers.jelectrum,
      "Jelectrum stands still at 1.1 or 0.10.", .reference(section: "2")),
    SoftwareRule(
      "range-refused", .negotiation, .named([SoftwareObservations.rangesProbe]),
      [.isOneOf(.answer, "refused")], fits: Speakers.personal, open: Speakers.jelectrum,
      "Electrum Personal Server breaks on a range of versions and answers one version.",
      .reference(section: "2")),
  ]
}
