/// A URL with what does not tell two places apart taken away; `http` where it begins with `www.`.
struct CanonicalURL {
  let text: String
  /// ASCII form, or an address as written.
  let host: String
  private let path: Substring

  private static let defaultPorts = ["http": "80", "https": "443", "ws": "80", "wss": "443"]

  /// Nil where there is no host.
  init?(_ text: String) {
    let parts = Self.scheme(of: text)
    let end = parts.rest.firstIndex { "/?#".contains($0) } ?? parts.rest.endIndex
    var authority = parts.rest[..<end]
    if let at = authority.lastIndex(of: "@") {
      authority = authority[authority.index(after: at)...]
    }
    guard let (host, port) = Self.hostAndPort(authority) else { return nil }
    let portText = port.isEmpty || Self.defaultPorts[parts.scheme] == port ? "" : ":" + port
    path = parts.rest[end...]
    self.host = host
    self.text = parts.scheme + "://" + host + portText + (path == "/" ? "" : path)
  }

  private static func scheme(of text: String) -> (scheme: String, rest: Substring) {
    guard let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://") else {
      return ("http", text[...])
    }
    return (text[..<colon].lowercased(), text[text.index(colon, offsetBy: 3)...])
  }

  private static func hostAndPort(_ authority: Substring) -> (host: String, port: String)? {
    if authority.hasPrefix("[") {
      guard let close = authority.firstIndex(of: "]") else { return nil }
      let rest = authority[authority.index(after: close)...]
      guard let port = port(rest) else { return nil }
      return (authority[...close].lowercased(), port)
    }
    let name = authority.prefix { $0 != ":" }
    guard let host = InternationalName(String(name))?.ascii,
      let port = port(authority[name.endIndex...])
    else { return nil }
    return (host, port)
  }

  /// Digits after a colon, without leading zeros; empty where there is none.
  private static func port(_ text: Substring) -> String? {
    guard text.first == ":" else { return text.isEmpty ? "" : nil }
    let digits = text.dropFirst()
    if digits.isEmpty { return "" }
    return digits.utf8.allSatisfy { (48...57).contains($0) }
      ? UInt16(digits).map { String($0) } : nil
  }

  /// The person or channel that the URL is the page of, on the networks that have such pages.
  var handle: ContactToken? {
    let parts = path.prefix { $0 != "?" }.split(separator: "/").map(String.init)
    guard let first = parts.first else { return nil }
    let name = first.hasPrefix("@") ? String(first.dropFirst()) : first
    switch host {
    case "t.me", "telegram.me", "www.t.me":
      let channel = first == "s" && parts.count == 2 ? parts[1] : name
      return (parts.count == 1 || first == "s") && Self.isName(channel)
        ? ContactToken(kind: .telegram, value: channel.lowercased()) : nil
    case "twitter.com", "www.twitter.com", "mobile.twitter.com", "x.com", "www.x.com":
      return parts.count == 1 && Self.isName(name)
        ? ContactToken(kind: .twitter, value: name.lowercased()) : nil
    case "matrix.to":
      guard first == "#", parts.count > 1 else { return nil }
      var line = ContactLine(Array(parts[1].unicodeScalars))
      return line.tokens().keys.filter { $0.kind == .matrix }.min()
    default:
      guard first.hasPrefix("@"), parts.count == 1, Self.isName(name) else { return nil }
      return ContactToken(kind: .fediverse, value: "@\(name.lowercased())@\(host)")
    }
  }

  private static func isName(_ text: String) -> Bool {
    (2...64).contains(text.utf8.count)
      && text.utf8.allSatisfy {
        $0 < 0x80 && (Unicode.Scalar($0).isWordPart || $0 == UInt8(ascii: "_"))
      }
  }
}
