/// Credentials in running text, where no URL's authority holds them.
extension Credentials {
  /// Names of a query's parameters whose value is a secret.
  private static let secretNames: Set<String> = [
    "password", "passwd", "passphrase", "pwd", "pass", "secret", "client_secret", "token",
    "access_token", "refresh_token", "id_token", "auth_token", "authtoken", "api_token", "auth",
    "api_key", "apikey", "access_key", "private_key", "session", "sessionid", "session_id", "jwt",
    "bearer", "signature", "rpcpassword",
  ]

  /// A text with the secrets in the queries and fragments of its URLs replaced, and what stands before the
  /// `@` of `user:password@host:port`; nil: it holds none.
  ///
  /// Without a port such a word is more often a contact (`mail:me@a.example`), and stays.
  static func redacted(words text: String) -> String? {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var kept = 0
    for word in bytes.split(whereSeparator: { $0 <= 0x20 || "\"<>`".utf8.contains($0) }) {
      for secret in secrets(in: word) where !secret.isEmpty {
        result += bytes[kept..<secret.startIndex]
        result += markText(secret.count).utf8
        kept = secret.endIndex
      }
    }
    return kept == 0 ? nil : String(decoding: result + bytes[kept...], as: UTF8.self)
  }

  /// The secret parts of a word, in order.
  private static func secrets(in word: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    if let scheme = word.indices.first(where: { word[$0...].starts(with: "://".utf8) }) {
      let start = word[..<scheme].lastIndex(where: isBoundary)
      let found = start.map { secrets(in: word[..<$0]) } ?? []
      let values = queryValues(word[(start.map { $0 + 1 } ?? word.startIndex)...])
      // Behind a URL a list goes on, as the attributes of a certificate's subject do.
      guard let comma = word[scheme...].lastIndex(of: UInt8(ascii: ",")),
        values.allSatisfy({ $0.endIndex <= comma })
      else { return found + values }
      return found + values + secrets(in: word[(comma + 1)...])
    }
    guard let at = word.lastIndex(of: UInt8(ascii: "@")), isHostWithPort(word[(at + 1)...]),
      let colon = word[..<at].firstIndex(of: UInt8(ascii: ":")), colon + 1 < at
    else { return [] }
    let before = word[..<colon].lastIndex(where: isBoundary)
    let start = before.map { $0 + 1 } ?? word.startIndex
    return start < colon ? [word[start..<at]] : []
  }

  /// What stands between a word and what it begins with, as in `CN=user:password@a.example:50002`.
  private static func isBoundary(_ byte: UInt8) -> Bool { "=,([{|".utf8.contains(byte) }

  private static func queryValues(_ word: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    guard let start = word.firstIndex(where: { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") })
    else { return [] }
    return word[(start + 1)...].split { "?#&;".utf8.contains($0) }.compactMap { pair in
      guard let equal = pair.firstIndex(of: UInt8(ascii: "=")) else { return nil }
      let name = String(decoding: pair[..<equal], as: UTF8.self).lowercased()
      let value = pair[(equal + 1)...]
      let isSecret = secretNames.contains(name.replacing("-", with: "_"))
      return isSecret && !value.starts(with: "[redacted".utf8) ? value : nil
    }
  }

  /// `a.example:50002`, `192.0.2.1:8332` or `[2001:db8::1]:50002`, and punctuation or a path behind it.
  private static func isHostWithPort(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let colon = bytes.lastIndex(of: UInt8(ascii: ":")) else { return false }
    let digits = bytes[(colon + 1)...].prefix { (0x30...0x39).contains($0) }
    let rest = bytes[digits.endIndex...]
    let host = bytes[..<colon]
    let isHost = host.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
        UInt8(ascii: "_"):
        true
      case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ":"):
        host.first == UInt8(ascii: "[")
      default: false
      }
    }
    return isHost && !host.isEmpty && (1...5).contains(digits.count)
      && rest.first.map { "/.,;:!?)]}'".utf8.contains($0) } ?? true
  }
}
