import Artifact
import Records
import ServerTexts

/// What of a server's texts is its operator's own, and what others have too.
struct OwnTexts {
  /// nil: it has no banner.
  let hasDefaultBanner: Bool?
  /// Whether strangers write its banner alike; nil: it has none.
  let hasOrdinaryBanner: Bool?
  /// nil: it has no donation text.
  let donation: SharedDonations.Reading?
}

/// Tells what of texts is their operators' own; texts that were met before are not read again.
struct OwnTextReader {
  /// So that banners that are never twice the same do not fill the memory.
  private static let mostKnown = 4096

  private var defaults: DefaultBanners
  private var donations: SharedDonations
  /// By digest of the mask.
  private var ordinary: [String: Bool] = [:]

  init(_ parameters: FeaturizeParameters) {
    defaults = DefaultBanners(further: parameters.defaultBanners)
    donations = SharedDonations(further: parameters.defaultDonations)
  }

  mutating func read(_ server: Server) -> OwnTexts {
    let banner = server.bannerStatus == .value ? server.banner ?? "" : nil
    let digest = server.textFacts.bannerMaskedSHA256
    return OwnTexts(
      hasDefaultBanner: banner.map { defaults.contains($0, maskedSHA256: digest) },
      hasOrdinaryBanner: banner.map { isOrdinary($0, maskedSHA256: digest) },
      donation: server.donationAddress.map { donations.read($0) })
  }

  private mutating func isOrdinary(_ banner: String, maskedSHA256: String?) -> Bool {
    if let maskedSHA256, let known = ordinary[maskedSHA256] { return known }
    let isOrdinary = OrdinaryText.isOrdinary(mask: TextMask.mask(banner))
    if ordinary.count >= Self.mostKnown { ordinary = [:] }
    if let maskedSHA256 { ordinary[maskedSHA256] = isOrdinary }
    return isOrdinary
  }

  /// The words of ordinary texts as canonical JSON, as the manifest's digest has them.
  static var ordinaryWords: String {
    JSONValue.object([
      ("least_bytes", .number(Double(OrdinaryText.leastBytes))),
      ("schema", .string("ordinary-words.v1")),
      ("words", .array(OrdinaryText.words.map { .string($0) })),
    ]).canonicalText
  }
}
