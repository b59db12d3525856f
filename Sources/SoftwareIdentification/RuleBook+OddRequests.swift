internal import Records

/// What is made of requests that break the rules where no text tells it.
extension RuleBook {
  static let oddRequests: [SoftwareRule] = identifiers + parameters

  private static let identifiers: [SoftwareRule] = [
    SoftwareRule(
      "id-null-answered", .methods, .named(["malformed.id-null"]), [.isOneOf(.answer, "result")],
      fits: [.all(.fulcrum)] + Speakers.electrsFamily, open: Speakers.unreadOfOdd,
      "An id that is null is an id.", .recorded(section: "4")),
    SoftwareRule(
      "id-null-silence", .methods, .named(["malformed.id-null"]), [.isOneOf(.answer, "silence")],
      fits: Speakers.electrumX, open: Speakers.unreadOfOdd,
      "aiorpcX takes a null id for a notification.", .recorded(section: "4")),
    SoftwareRule(
      "id-float-echoed", .methods, .named(["malformed.id-float"]), [.isOneOf(.answer, "result")],
      fits: Speakers.electrumX + Speakers.electrsFamily + Speakers.personal,
      open: Speakers.unread, "An id with a fraction comes back; Fulcrum refuses it.",
      .recorded(section: "4")),
    SoftwareRule(
      "id-list-echoed", .methods, .named(["malformed.id-list"]), [.isOneOf(.answer, "result")],
      fits: Speakers.electrsFamily, open: Speakers.unreadOfOdd,
      "The electrs family gives back any id.", .reference(section: "4")),
    SoftwareRule(
      "no-method-silence", .methods, .named(["malformed.no-method"]),
      [.isOneOf(.answer, "silence")], fits: Speakers.electrumX, open: Speakers.unreadOfOdd,
      "aiorpcX takes a message without a method for a stray reply.", .recorded(section: "4")),
    SoftwareRule(
      "extra-key-ignored", .methods, .named(["malformed.extra-key"]),
      [.isOneOf(.answer, "result")],
      fits: Speakers.electrumX + Speakers.electrsFamily + Speakers.personal,
      open: Speakers.unread, "A key too many does no harm; Fulcrum refuses it.",
      .recorded(section: "4")),
  ]

  private static let parameters: [SoftwareRule] = [
    SoftwareRule(
      "named-accepted", .methods, .named(["malformed.named"]), [.isOneOf(.answer, "result")],
      fits: Speakers.electrumX, open: Speakers.bwt + Speakers.unreadOfOdd,
      "aiorpcX takes parameters by name.", .recorded(section: "4")),
    SoftwareRule(
      "too-many-ignored", .methods, .named(["malformed.too-many"]),
      [.isOneOf(.answer, "result")], fits: Speakers.olderElectrs + Speakers.bwt + Speakers.personal,
      open: Speakers.romanz + Speakers.unread,
      "Parameters too many are ignored; ElectrumX and Fulcrum count them.",
      .reference(section: "4")),
    SoftwareRule(
      "second-version-answered", .methods, .named(["server.version.second"]),
      [.isOneOf(.answer, "result")], fits: Speakers.electrsFamily,
      open: [.before(.fulcrum, "2.0.0")] + Speakers.unreadOfOdd,
      "The electrs family keeps nothing of the first negotiation.", .reference(section: "2")),
    SoftwareRule(
      "closes-on-odd", .methods,
      .named([
        "malformed.named", "malformed.params-null", "malformed.no-id", "malformed.no-method",
        "malformed.batch", "malformed.batch-empty", "limits.batch-12",
      ]), [.isOneOf(.answer, "closed")], fits: Speakers.olderElectrs,
      open: Speakers.bwt + Speakers.personal + Speakers.jelectrum, weight: .closing,
      "The older forks of electrs end the connection where they do not understand; each of these "
        + "is put alone.", .reference(section: "4")),
  ]
}
