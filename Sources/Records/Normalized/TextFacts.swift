import Artifact

/// What a server's names and texts amount to: columns of `Server`, read from other columns of it.
public struct TextFacts: Sendable, Equatable {
  /// Verified names without a registrable domain, each after the reason.
  public var domainUnknownReasons: [String] = []
  /// Unicode form of its names that have one.
  public var namesUnicode: [String] = []
  /// What in its names looks other than it is.
  public var nameAnomalies: [String] = []
  /// Forms of its verified names.
  public var hostTemplates: [String] = []
  /// SHA-256 of the masked banner. nil: absent or unknown.
  public var bannerMaskedSHA256: String?
  /// What in its banner looks other than it is.
  public var bannerAnomalies: [String] = []
  /// What its donation address is. nil: absent, unknown or no destination.
  public var donationKind: ContactKind?
  /// Network of that destination. nil: absent, unknown, no destination, or one that does not say.
  public var donationNetwork: DestinationNetwork?
  /// Whether it is what its form says. nil: absent or unknown.
  public var donationVerdict: TokenVerdict?
  /// Tokens of its texts that the table of contacts leaves out. nil: no text was observed.
  public var contactsDropped: Int?

  public init() {}
}

extension TextFacts {
  static let columns: [Column] = [
    Column(
      "domain_unknown_reasons", .texts,
      "Verified names of which nobody is known to have registered the domain, each after the reason: `dynamic-dns`, `hoster`, `platform`, `shared-domain` (named in a parameter), `public-suffix` (the name is one) or `not-a-domain-name`.",
      empty: "every verified name has a registrable domain, or no name is verified"),
    Column(
      "names_unicode", .texts,
      "Unicode form of its names that hold punycode, for people to read; never compared.",
      empty: "no name holds punycode, or none that can be decoded"),
    Column(
      "name_anomalies", .texts,
      "What makes its names look other than they are: kind (`mixed-scripts`, `look-alike`, `wrong-punycode`, `invisible`, `bidi-control`, `control-code`, `stacked-marks`), the name, the scripts, the Latin look or the code points. Names that only strangers give are flagged as well: see verified_names. The first 32.",
      empty: "nothing of the kind was seen in its names"),
    Column(
      "host_templates", .texts,
      "Forms of its verified names: the left-most label with each run of digits as `#`, all of the name below a shared domain. Names that strangers give do not count.",
      empty: "no name is verified, or none has a dot"),
    Column(
      "banner_masked_sha256", .text,
      "SHA-256 of the banner with versions, numbers, dates, digests, URLs and addresses masked.",
      empty: "absent or unknown: see banner_status"),
    Column(
      "banner_anomalies", .texts,
      "What makes its banner look other than it is: kind as in name_anomalies, the word, the scripts, the Latin look or the code points. The first 32. A flag for people, no verdict.",
      empty: "nothing of the kind was seen, or no banner"),
    Column(
      "donation_kind", .word(ContactKind.destinations),
      "What the best destination in its donation address is.",
      empty: "absent or unknown: see donation_status; or no destination: see donation_verdict"),
    Column(
      "donation_network", .word(DestinationNetwork.words), "The network that it is written for.",
      empty: "no destination, or one that names no network"),
    Column(
      "donation_verdict", .word(TokenVerdict.words),
      "Whether it is what its form says, found without asking anybody; the best verdict where there are several destinations, which `normalized.contacts` lists.",
      empty: "absent or unknown: see donation_status"),
    Column(
      "contacts_dropped", .integer,
      "Tokens of its texts that `normalized.contacts` leaves out: those after the first 64 contacts and 32 destinations of a text, and contacts longer than 256 bytes. Of a text its first 65536 characters are read.",
      empty: "no text was observed"),
  ]

  func encode(to encoder: inout RowEncoder) {
    encoder.texts("domain_unknown_reasons", domainUnknownReasons)
    encoder.texts("names_unicode", namesUnicode)
    encoder.texts("name_anomalies", nameAnomalies)
    encoder.texts("host_templates", hostTemplates)
    encoder.text("banner_masked_sha256", bannerMaskedSHA256)
    encoder.texts("banner_anomalies", bannerAnomalies)
    encoder.text("donation_kind", donationKind?.rawValue)
    encoder.text("donation_network", donationNetwork?.rawValue)
    encoder.text("donation_verdict", donationVerdict?.rawValue)
    encoder.integer("contacts_dropped", contactsDropped)
  }

  init(from decoder: inout RowDecoder) throws(ArtifactError) {
    domainUnknownReasons = try decoder.texts("domain_unknown_reasons")
    namesUnicode = try decoder.texts("names_unicode")
    nameAnomalies = try decoder.texts("name_anomalies")
    hostTemplates = try decoder.texts("host_templates")
    bannerMaskedSHA256 = try decoder.optionalText("banner_masked_sha256")
    bannerAnomalies = try decoder.texts("banner_anomalies")
    donationKind = try decoder.optionalWord("donation_kind", ContactKind.self)
    donationNetwork = try decoder.optionalWord("donation_network", DestinationNetwork.self)
    donationVerdict = try decoder.optionalWord("donation_verdict", TokenVerdict.self)
    contactsDropped = try decoder.optionalInteger("contacts_dropped")
  }
}
