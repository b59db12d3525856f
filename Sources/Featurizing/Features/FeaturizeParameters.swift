import Artifact
import Longitudinal
public import StageKit

/// What `featurize` is told.
public struct FeaturizeParameters: StageParameters {
  /// Masked default banners, beside those of `DefaultBannerList`.
  public let defaultBanners: Set<String>
  /// Donation addresses that implementations ship with.
  public let defaultDonations: Set<String>
  /// Autonomous systems that give a prefix of this length to one tenant only.
  public let tenantPrefixes: [Int: Int]
  /// How the series is read.
  let series: SeriesRules

  public static let fields = ownFields + SeriesRules.fields

  private static let ownFields = [
    ParameterField(
      "default_banners", .texts, default: .array([]),
      "Further masked default banners of implementations and appliances; `*` ends one after which more may follow."
    ),
    ParameterField(
      "default_donations", .texts,
      default: .array([.string("1Ca1inCimwRhhcpFX84TPRrPQSryTgKW6N")]),
      "Donation addresses that implementations ship with."),
    ParameterField(
      "tenant_prefixes", .texts,
      default: .array([.string("AS15169/64"), .string("AS396982/64")]),
      "Autonomous systems whose customers each have a prefix of this length of their own."),
  ]

  public init(_ values: ParameterValues) throws(StageError) {
    series = try SeriesRules(values)
    defaultBanners = Set(try values.texts("default_banners"))
    defaultDonations = Set(try values.texts("default_donations"))
    var prefixes: [Int: Int] = [:]
    for text in try values.texts("tenant_prefixes") {
      let parts = text.split(separator: "/")
      guard parts.count == 2, parts[0].hasPrefix("AS"), let asn = Int(parts[0].dropFirst(2)),
        let length = Int(parts[1]), (16...128).contains(length)
      else {
        throw StageError(
          .parameters, place: "featurize, key tenant_prefixes",
          expected: "AS<number>/<prefix length 16 to 128>", found: EscapedText.escape(text),
          remedy: "correct the value")
      }
      prefixes[asn] = length
    }
    tenantPrefixes = prefixes
  }
}
