public import Artifact

/// What a server's names and texts amount to: columns of `Server`, read from other columns of it.
public struct TextFacts: ColumnGroup, Equatable {
  public var domainUnknownReasons: [String] = []
  public var namesUnicode: [String] = []
  public var nameAnomalies: [String] = []
  public var hostTemplates: [String] = []
  public var bannerMaskedSHA256: String?
  public var bannerAnomalies: [String] = []
  public var donationKind: ContactKind?
  public var donationNetwork: DestinationNetwork?
  public var donationVerdict: TokenVerdict?
  public var contactsDropped: Int?

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.texts(
      "domain_unknown_reasons", &domainUnknownReasons,
      "Verified names of which nobody is known to have registered the domain, each after the reason: `dynamic-dns`, `hoster`, `platform`, `shared-domain` (named in a parameter), `public-suffix` (the name is one) or `not-a-domain-name`.",
      nil: "every verified name has a registrable domain, or no name is verified")
    try c.texts(
      "names_unicode", &namesUnicode,
      "Unicode form of its names that hold punycode, for people to read; never compared.",
      nil: "no name holds punycode, or none that can be decoded")
    try c.texts(
      "name_anomalies", &nameAnomalies,
      "What makes its names look other than they are: kind (`mixed-scripts`, `look-alike`, `wrong-punycode`, `invisible`, `bidi-control`, `control-code`, `stacked-marks`), the name, the scripts, the Latin look or the code points. Names that only strangers give are flagged as well: see verified_names. The first 32.",
      nil: "nothing of the kind was seen in its names")
    try c.texts(
      "host_templates", &hostTemplates,
      "Forms of its verified names: the left-most label with each run of digits as `#`, all of the name below a shared domain. Names that strangers give do not count.",
      nil: "no name is verified, or none has a dot")
    try c.text(
      "banner_masked_sha256", &bannerMaskedSHA256,
      "SHA-256 of the banner with versions, numbers, dates, digests, URLs and addresses masked.",
      nil: "absent or unknown: see banner_status")
    try c.texts(
      "banner_anomalies", &bannerAnomalies,
      "What makes its banner look other than it is: kind as in name_anomalies, the word, the scripts, the Latin look or the code points. The first 32. A flag for people, no verdict.",
      nil: "nothing of the kind was seen, or no banner")
    try c.word(
      "donation_kind", &donationKind, "What the best destination in its donation address is.",
      among: ContactKind.destinations,
      nil: "absent or unknown: see donation_status; or no destination: see donation_verdict")
    try c.word(
      "donation_network", &donationNetwork, "The network that it is written for.",
      nil: "no destination, or one that names no network")
    try c.word(
      "donation_verdict", &donationVerdict,
      "Whether it is what its form says, found without asking anybody; the best verdict where there are several destinations, which `normalized.contacts` lists.",
      nil: "absent or unknown: see donation_status")
    try c.integer(
      "contacts_dropped", &contactsDropped,
      "Tokens of its texts that `normalized.contacts` leaves out: those after the first 64 contacts and 32 destinations of a text, and contacts longer than 256 bytes. Of a text its first 65536 characters are read.",
      nil: "no text was observed")
  }
}
