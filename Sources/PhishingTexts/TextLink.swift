import Foundation

/// A link in a text, also where it is written to be read by people only (`hxxp`, `[.]`, `x dot y`).
struct TextLink: Equatable {
  /// Where it stands in the folded text.
  let range: Range<Int>
  /// In lower case, as meant: with dots for what stands for them.
  let text: String
  /// Whether it was written otherwise than as meant.
  let isObfuscated: Bool

  /// The host, without credentials, port and `www.`.
  var host: String {
    let rest = Self.withoutScheme(text)
    let authority = rest.prefix { !"/?#\\".contains($0) }
    let host =
      (authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] }
      ?? authority).prefix { $0 != ":" }
    return String(host.hasPrefix("www.") ? host.dropFirst(4) : host)
  }

  /// Host and path, as lists of places write them.
  private var place: String {
    let rest = Self.withoutScheme(text)
    let end = rest.firstIndex { "/?#\\".contains($0) } ?? rest.endIndex
    return host + rest[end...].prefix { $0 != "?" && $0 != "#" }
  }

  private static func withoutScheme(_ text: String) -> Substring {
    guard let separator = text.range(of: "://") else { return text[...] }
    return text[separator.upperBound...]
  }

  /// Whether it leads to one of the places, or below one.
  func leads(to places: [String]) -> Bool {
    let place = place
    return places.contains { known in
      place == known || place.hasPrefix(known + "/")
        || !known.contains("/") && host.hasSuffix("." + known)
    }
  }

  /// Whether it leads to an honest place. A link that was disguised, or that looks like another in
  /// letters of another script, does not.
  var isHonest: Bool {
    !isObfuscated && text.unicodeScalars.allSatisfy(\.isASCII) && leads(to: KnownPlaces.honest)
  }

  /// Whether it ends in a program or an archive.
  var isProgram: Bool {
    let path = text.prefix { $0 != "?" && $0 != "#" }
    return path.contains("/") && KnownPlaces.programEndings.contains { path.hasSuffix($0) }
  }

  /// Characters between the link and a word.
  func distance(to word: Range<Int>) -> Int {
    max(range.lowerBound - word.upperBound, word.lowerBound - range.upperBound, 0)
  }
}
