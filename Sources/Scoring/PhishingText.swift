import Foundation

/// Texts that ask a wallet's user to fetch something: the attack of December 2018.
enum PhishingText {
  private static let calls = ["update", "upgrade", "download", "install", "new version"]

  /// An error text with a link or markup, or one that tells to update; no implementation sends such.
  static func isCallToAction(_ text: String) -> Bool {
    let lower = text.lowercased()
    if lower.contains("http://") || lower.contains("https://") || lower.contains("<a ")
      || lower.contains("<br") || lower.contains("data:image")
    {
      return true
    }
    return calls.contains { lower.contains($0) } && lower.contains("electrum")
      && !lower.contains("electrumx")
  }

  /// The first link of a banner that offers a wallet elsewhere than below `allowed`.
  static func walletDownload(in banner: String, allowed: [String]) -> String? {
    let lower = banner.lowercased()
    guard calls.contains(where: { lower.contains($0) }) else { return nil }
    for word in lower.split(whereSeparator: { $0.isWhitespace || "\"'<>()".contains($0) }) {
      guard let scheme = word.range(of: "://"), word.hasPrefix("http") else { continue }
      let host = word[scheme.upperBound...].prefix { !"/:?#".contains($0) }
      let isAllowed = allowed.contains { host == $0 || host.hasSuffix("." + $0) }
      if !isAllowed { return String(word) }
    }
    return nil
  }
}
