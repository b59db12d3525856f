public import Artifact
public import StageKit

/// What `normalize` is told.
public struct NormalizeParameters: StageParameters {
  /// In order of trust; the command line's `--geoip` replaces them.
  public private(set) var geoip: [String] = []
  public private(set) var maximumAdvertisementsPerSource = 10_000
  public private(set) var publicSuffixList = ""
  public private(set) var sharedDomainList = ""
  public private(set) var sharedDomains: [String] = []
  public private(set) var copiedKeys: Set<String> = []

  public init() {}

  public mutating func fields<F: Fields>(_ f: inout F) {
    f.field(
      "geoip", &geoip, .texts,
      "MaxMind-format databases, most trusted first; none: no geography.")
    f.field(
      "maximum_advertisements_per_source", &maximumAdvertisementsPerSource,
      .integer(1...1_000_000),
      "Most different peer tuples of one source that are kept a scan, first by their key; "
        + "the rest is counted.")
    f.field(
      "public_suffix_list", &publicSuffixList, .text,
      "Public Suffix List text file; empty: the list that the installed libpsl contains.")
    f.field(
      "shared_domain_list", &sharedDomainList, .text,
      "File of dynamic-DNS and hoster domains (shared-domains.v1); empty: the built-in list.")
    f.field(
      "shared_domains", &sharedDomains, .texts,
      "Further domains below which names tell nothing of who runs the server.")
    f.field(
      "copied_keys", &copiedKeys, .setOfTexts,
      "SHA-256 of public keys that are published, so that sharing one proves nothing.")
  }
}
