import Artifact

/// Banners that software sends where its operator wrote none, as the program contains them: shared by
/// strangers, so no evidence of identity.
///
/// Our own collection, facts only. A missing banner errs towards linking strangers, a wrong one
/// towards no evidence.
enum DefaultBannerList {
  struct Entry: Equatable {
    /// The banner, or how it begins, in masked form.
    let banner: String
    /// False where the software lets more follow that differs between its users: the banner is a
    /// default whatever that is. After a whole one an operator wrote what follows.
    var isWhole = true
    let software: String
    /// How it is known; see `note`.
    let source: String
  }

  static let date = "2026-11-25"

  static let note = """
    Default banners in masked form; where `whole` is false, a banner that begins with it is one, \
    else one that is it. Source `recorded`: a running release sent it; `code`: read in the \
    software's own source code.
    """

  /// Sorted by banner.
  static let entries = [
    Entry(banner: "Connected to a Fulcrum <V> server", software: "Fulcrum", source: "recorded"),
    Entry(banner: "Jelectrum", isWhole: false, software: "Jelectrum", source: "code"),
    Entry(
      banner: "Welcome to Electrum Personal Server <V>", isWhole: false,
      software: "Electrum Personal Server", source: "code"),
    Entry(banner: "Welcome to Floresta's Electrum Server.", software: "Floresta", source: "code"),
    Entry(banner: "Welcome to bwt 🚀🌑", software: "bwt", source: "code"),
    Entry(
      banner: "Welcome to electrs <V> (Electrum Rust Server)!", software: "electrs", source: "code"),
    Entry(
      banner: "You are connected to an ElectrumX <V> server.", software: "ElectrumX",
      source: "recorded"),
  ]

  /// The list as canonical JSON, as the manifest's digest has it.
  static var text: String {
    JSONValue.object([
      ("date", .string(date)),
      (
        "entries",
        .array(
          entries.map {
            .object([
              ("banner", .string($0.banner)), ("software", .string($0.software)),
              ("source", .string($0.source)), ("whole", .boolean($0.isWhole)),
            ])
          })
      ),
      ("note", .string(note)), ("schema", .string("default-banners.v2")),
    ]).canonicalText
  }
}
