import Artifact
import Records

extension ReleaseComparison {
  /// Entries of the feed; those beyond are counted in its last one.
  static let feedLimit = 500

  /// The differences as an Atom feed (RFC 4287), deterministic: its times are those of the packages.
  public var feed: String {
    let name = "urn:electrum-observatory:\(Self.xml(later.name)):\(Self.xml(later.version))"
    var entries = differences.prefix(Self.feedLimit).map { difference in
      entry(
        id: "\(name):\(Self.xml(Self.key(of: difference)))",
        title: EscapedText.escape(Self.title(of: difference)),
        content: Self.sentence(difference))
    }
    if differences.count > Self.feedLimit {
      entries.append(
        entry(
          id: "\(name):more", title: "\(differences.count - Self.feedLimit) more differences",
          content: "The table of differences has all of them."))
    }
    return """
      <?xml version="1.0" encoding="utf-8"?>
      <feed xmlns="http://www.w3.org/2005/Atom">
        <id>\(name)</id>
        <title>\(Self.xml(later.name)): \(Self.xml(earlier.version)) to \(Self.xml(later.version))</title>
        <updated>\(Self.xml(later.created))</updated>
        <author><name>Electrum Observatory contributors</name></author>
      \(entries.joined(separator: "\n"))
      </feed>

      """
  }

  private func entry(id: String, title: String, content: String) -> String {
    """
      <entry>
        <id>\(id)</id>
        <title>\(Self.xml(title))</title>
        <updated>\(Self.xml(later.created))</updated>
        <content type="text">\(Self.xml(content))</content>
      </entry>
    """
  }

  private static func key(of difference: ReleaseDifference) -> String {
    [difference.kind.rawValue, difference.subject, difference.aspect].joined(separator: ":")
      .map { $0.isLetter || $0.isNumber || ".:-_".contains($0) ? String($0) : "-" }.joined()
  }

  /// Text of XML 1.0: markup escaped, scalars that it forbids replaced.
  static func xml(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "\u{fffe}", "\u{ffff}": out += "\u{fffd}"
      case _ where scalar.value < 0x20: out += "\u{fffd}"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}
