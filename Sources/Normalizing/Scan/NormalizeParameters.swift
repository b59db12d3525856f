import Artifact
public import StageKit

/// What `normalize` is told.
public struct NormalizeParameters: StageParameters {
  /// GeoIP databases in order of trust; the command line's `--geoip` replaces them.
  public let geoip: [String]
  /// Most different peer tuples of one source that count in a scan.
  public let maximumAdvertisementsPerSource: Int
  /// The Public Suffix List as a text file; empty: the one that libpsl was built with.
  public let publicSuffixList: String
  /// Domains below which names belong to strangers, beside those of the two lists.
  public let sharedDomains: [String]
  /// A list of such domains (`shared-domains.v1`); empty: the one that the program contains.
  public let sharedDomainList: String

  /// Keys that are published (snakeoil, images): shared by strangers.
  public let copiedKeys: Set<String>

  public static let fields = [
    ParameterField(
      "geoip", .texts, default: .array([]),
      "MaxMind-format databases, most trusted first; none: no geography."),
    ParameterField(
      "maximum_advertisements_per_source", .integer(1...1_000_000), default: .integer(10_000),
      "Most different peer tuples of one source that are kept a scan, first by their key; "
        + "the rest is counted."),
    ParameterField(
      "public_suffix_list", .text, default: .string(""),
      "Public Suffix List text file; empty: the list that the installed libpsl contains."),
    ParameterField(
      "shared_domain_list", .text, default: .string(""),
      "File of dynamic-DNS and hoster domains (shared-domains.v1); empty: the built-in list."),
    ParameterField(
      "shared_domains", .texts, default: .array([]),
      "Further domains below which names tell nothing of who runs the server."),
    ParameterField(
      "copied_keys", .texts, default: .array([]),
      "SHA-256 of public keys that are published, so that sharing one proves nothing."),
  ]

  public init(_ values: ParameterValues) throws(StageError) {
    geoip = try values.texts("geoip")
    maximumAdvertisementsPerSource = try values.integer("maximum_advertisements_per_source")
    publicSuffixList = try values.text("public_suffix_list")
    sharedDomainList = try values.text("shared_domain_list")
    sharedDomains = try values.texts("shared_domains")
    copiedKeys = Set(try values.texts("copied_keys"))
  }
}
