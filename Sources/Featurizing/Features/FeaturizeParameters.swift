public import Artifact
import Longitudinal
public import StageKit

/// What `featurize` is told.
public struct FeaturizeParameters: StageParameters {
  /// Beside those of `DefaultBannerList`.
  public private(set) var defaultBanners: Set<String> = []
  /// Beside those of `SharedDonationList`.
  public private(set) var defaultDonations: Set<String> = []
  private var tenants = ["AS15169/64", "AS396982/64"]
  /// How the series is read.
  private(set) var series = SeriesRules()

  public init() {}

  public mutating func fields<F: Fields>(_ f: inout F) {
    f.field(
      "default_banners", &defaultBanners, .setOfTexts,
      "Further masked default banners of implementations and appliances; `*` ends one after which more may follow."
    )
    f.field(
      "default_donations", &defaultDonations, .setOfTexts,
      "Further donation addresses that implementations ship with, in any spelling.")
    f.field(
      "tenant_prefixes", &tenants, .texts,
      "Autonomous systems whose customers each have a prefix of this length of their own.")
    for text in tenants {
      f.check(
        "tenant_prefixes", Self.tenant(text) != nil,
        expected: "AS<number>/<prefix length 16 to 128>", found: EscapedText.escape(text))
    }
    series.fields(&f)
  }

  /// Autonomous systems that give a prefix of this length to one tenant only.
  public var tenantPrefixes: [Int: Int] {
    Dictionary(tenants.compactMap(Self.tenant), uniquingKeysWith: { _, last in last })
  }

  private static func tenant(_ text: String) -> (system: Int, length: Int)? {
    let parts = text.split(separator: "/")
    guard parts.count == 2, parts[0].hasPrefix("AS"), let system = Int(parts[0].dropFirst(2)),
      let length = Int(parts[1]), (16...128).contains(length)
    else { return nil }
    return (system, length)
  }
}
