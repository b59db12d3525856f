import Foundation

/// Replaces what differs between two servers with one text: versions, numbers, dates, addresses,
/// URLs, hashes (methods 2, banner mask).
enum TextMask {
  /// The masked text, white space collapsed, Unicode form NFC.
  static func mask(_ text: String) -> String {
    text.precomposedStringWithCanonicalMapping
      .unicodeScalars.split { $0.properties.isWhitespace || $0.value < 0x20 }
      .map { mask(word: String($0)) }
      .joined(separator: " ")
  }

  private static func mask(word: String) -> String {
    if word.contains("://") { return "<U>" }
    var out = ""
    var rest = Array(word.unicodeScalars)[...]
    while let first = rest.first {
      guard isWordPart(first) else {
        out.unicodeScalars.append(first)
        rest.removeFirst()
        continue
      }
      let run = rest.prefix { isWordPart($0) || $0 == "." || $0 == "-" }
      let end = run.lastIndex(where: isWordPart).map { $0 + 1 } ?? run.endIndex
      out += mask(token: String(String.UnicodeScalarView(rest[run.startIndex..<end])))
      rest = rest[end...]
    }
    return out
  }

  private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || isDigit(scalar)
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  private static func mask(token: String) -> String {
    if isAddress(token) { return "<A>" }
    if isDate(token) { return "<D>" }
    if isHash(token) { return "<H>" }
    return maskDigits(in: token)
  }

  /// Base58 of 26 to 35 characters, or a segwit address by its form.
  private static func isAddress(_ token: String) -> Bool {
    let characters = token.unicodeScalars
    if ["bc1", "tb1", "bcrt1"].contains(where: { token.hasPrefix($0) }) {
      return characters.count >= 14 && characters.allSatisfy { $0.isASCII && isWordPart($0) }
    }
    guard let first = characters.first, first == "1" || first == "3",
      (26...35).contains(characters.count)
    else { return false }
    return characters.allSatisfy {
      $0.isASCII && isWordPart($0) && !["0", "O", "I", "l"].contains($0)
    }
  }

  private static func isDate(_ token: String) -> Bool {
    let parts = token.split(separator: "-", omittingEmptySubsequences: false)
    return parts.count == 3
      && zip(parts, [4, 2, 2]).allSatisfy { part, width in
        part.utf8.count == width && part.unicodeScalars.allSatisfy(isDigit)
      }
  }

  private static func isHash(_ token: String) -> Bool {
    token.utf8.count >= 16 && token.utf8.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
      && token.unicodeScalars.contains(where: isDigit)
  }

  /// `1.18.0` -> `<V>`, numbers of four digits and more -> `<N>`.
  private static func maskDigits(in token: String) -> String {
    var out = ""
    var rest = Array(token.unicodeScalars)[...]
    while let first = rest.first {
      guard isDigit(first) else {
        out.unicodeScalars.append(first)
        rest.removeFirst()
        continue
      }
      var run = rest.prefix { isDigit($0) || $0 == "." }
      while run.last == "." { run.removeLast() }
      rest = rest[run.endIndex...]
      if run.contains(".") {
        out += "<V>"
      } else {
        out += run.count >= 4 ? "<N>" : String(String.UnicodeScalarView(run))
      }
    }
    return out
  }
}

/// The left-most label of a name with its digits masked: `node4.example.org` -> `node#`.
enum HostTemplate {
  static func template(of name: String) -> String? {
    guard let label = name.split(separator: ".").first, name.contains("."),
      !name.hasSuffix(".onion")
    else { return nil }
    var out = ""
    var inDigits = false
    for scalar in label.unicodeScalars {
      let isDigit = ("0"..."9").contains(scalar)
      if isDigit && !inDigits { out += "#" }
      if !isDigit { out.unicodeScalars.append(scalar) }
      inDigits = isDigit
    }
    return out
  }
}
