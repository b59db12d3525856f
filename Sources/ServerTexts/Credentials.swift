/// User names and passwords in places and URLs. They are somebody's secret, whoever told them, and
/// are never derived: `[redacted n bytes]` stands in their place.
public enum Credentials {
  /// A place (`user:password@host`, with or without a scheme) with what stands before its last `@`
  /// replaced; nil: nothing does.
  public static func redacted(place: String) -> String? {
    guard place.utf8.contains(UInt8(ascii: "@")) else { return nil }
    let bytes = Array(place.utf8)
    let start = scheme(bytes, from: 0).map { $0 + 3 } ?? 0
    guard let at = bytes.lastIndex(of: UInt8(ascii: "@")), at > start,
      !isRedacted(bytes[start..<at])
    else { return nil }
    return text(bytes[..<start], replacing: at - start, bytes[at...])
  }

  /// A text with all credentials that its form shows replaced; nil: it holds none: those before the host
  /// of a URL, secrets in a URL's query, and `user:password@host:port`.
  ///
  /// A name of several labels before the `@` and without a password is no secret but a trick, as in
  /// `https://electrum.org@evil.example`, and stays.
  public static func redacted(text: String) -> String? {
    // A mark holds spaces, which end a word.
    let words = redacted(words: text)
    return redacted(authorities: words ?? text) ?? words
  }

  private static func redacted(authorities text: String) -> String? {
    guard text.utf8.contains(UInt8(ascii: "@")) else { return nil }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var kept = 0
    var index = 0
    while let colon = scheme(bytes, from: index) {
      let start = colon + 3
      index = start
      guard let at = end(ofCredentials: bytes, from: start) else { continue }
      result += bytes[kept..<start]
      result += mark(at - start)
      kept = at
      index = at
    }
    if kept == 0 { return nil }
    return String(decoding: result + bytes[kept...], as: UTF8.self)
  }

  /// A text without the marks that stand for credentials, as it reads without them.
  public static func withoutMarks(_ text: String) -> String {
    text.contains(opening) ? text.replacing(/\[redacted [0-9]+ bytes\]@?/, with: "") : text
  }

  /// Whether a text holds a mark.
  public static func isMarked(_ text: String) -> Bool {
    text.contains(opening) && text.contains(/\[redacted [0-9]+ bytes\]/)
  }

  /// What stands for so many bytes.
  public static func markText(_ bytes: Int) -> String {
    String(decoding: mark(bytes), as: UTF8.self)
  }

  private static let opening = "[redacted "

  private static func mark(_ bytes: Int) -> [UInt8] { Array("\(opening)\(bytes) bytes]".utf8) }

  private static func text(
    _ before: ArraySlice<UInt8>, replacing count: Int, _ after: ArraySlice<UInt8>
  ) -> String {
    String(decoding: before + mark(count) + after, as: UTF8.self)
  }

  private static func isRedacted(_ bytes: ArraySlice<UInt8>) -> Bool {
    String(decoding: bytes, as: UTF8.self).wholeMatch(of: /\[redacted [0-9]+ bytes\]/) != nil
  }

  /// The next `://`.
  private static func scheme(_ bytes: [UInt8], from start: Int) -> Int? {
    var index = start
    while index + 2 < bytes.count {
      if bytes[index] == UInt8(ascii: ":"), bytes[index + 1] == UInt8(ascii: "/"),
        bytes[index + 2] == UInt8(ascii: "/")
      {
        return index
      }
      index += 1
    }
    return nil
  }

  /// The `@` that ends credentials which begin at `start`; nil where none do.
  private static func end(ofCredentials bytes: [UInt8], from start: Int) -> Int? {
    let word = bytes[start...].prefix { $0 > 0x20 && !"\"<>`".utf8.contains($0) }
    let authority = word.prefix { !"/?#\\".utf8.contains($0) }
    var at = authority.lastIndex(of: UInt8(ascii: "@"))
    if at == nil, isPassword(behindColonOf: authority) {
      // A password may hold what ends an authority.
      at = word.lastIndex(of: UInt8(ascii: "@"))
    }
    guard let at, at > start, !isRedacted(bytes[start..<at]), !isHostName(bytes[start..<at])
    else { return nil }
    return at
  }

  /// Whether what follows the colon is no port.
  private static func isPassword(behindColonOf authority: ArraySlice<UInt8>) -> Bool {
    guard let colon = authority.firstIndex(of: UInt8(ascii: ":")), colon > authority.startIndex
    else { return false }
    return !authority[(colon + 1)...].allSatisfy { (0x30...0x39).contains($0) }
  }

  private static func isHostName(_ bytes: ArraySlice<UInt8>) -> Bool {
    let text = String(decoding: bytes, as: UTF8.self)
    return text.contains(".") && InternationalName(text) != nil
  }
}
