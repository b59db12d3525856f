import Artifact
import Digests
import Memoization
import Ordering
import ServerTexts

/// Tells whether banners are defaults. `normalize` masked them: a whole default is known by the digest
/// of the mask, and what else they begin with is looked at once for each different mask.
struct DefaultBanners {
  private let wholeDigests: Set<String>
  private let beginnings: [String]
  /// By digest of the mask.
  private var known = Memo<String, Bool>(capacity: 2048)

  /// - Parameter further: masked banners beside those of the list; `*` at the end of one says that
  ///   more may follow.
  init(further: Set<String>) {
    let entries = DefaultBannerList.entries
    let whole =
      entries.filter(\.isWhole).map(\.banner) + further.filter { !$0.hasSuffix("*") }
    wholeDigests = Set(whole.map { SHA256.hex($0.utf8) })
    beginnings =
      entries.filter { !$0.isWhole }.map(\.banner)
      + further.filter { $0.hasSuffix("*") }.map { String($0.dropLast()) }.sorted()
  }

  /// - Parameter maskedSHA256: of its mask; nil: not known.
  mutating func contains(_ banner: String, maskedSHA256: String?) -> Bool {
    guard let maskedSHA256 else {
      let mask = TextMask.mask(banner)
      return wholeDigests.contains(SHA256.hex(mask.utf8)) || hasDefaultBeginning(mask)
    }
    if wholeDigests.contains(maskedSHA256) { return true }
    if let isDefault = known.value(for: maskedSHA256) { return isDefault }
    let isDefault = hasDefaultBeginning(TextMask.mask(banner))
    known.keep(isDefault, for: maskedSHA256)
    return isDefault
  }

  private func hasDefaultBeginning(_ mask: String) -> Bool {
    beginnings.contains { mask.hasPrefix($0) }
  }
}
