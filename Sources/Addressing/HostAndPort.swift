/// A host and a port, and the text that names both (RFC 3986, section 3.2: an IPv6 address stands in
/// brackets).
public struct HostAndPort: Sendable, Hashable {
  /// A name or an address without brackets.
  public let host: String
  public let port: Int

  public init(_ host: String, _ port: Int) {
    self.host = host
    self.port = port
  }

  /// Reads `host:port` or `[address]:port`; nil where the port is none, or a colon stands in a host
  /// without brackets.
  public init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"),
      let port = Int(text[text.index(after: colon)...]), (1...65_535).contains(port)
    else { return nil }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      return nil
    }
    if host.isEmpty { return nil }
    self.init(String(host), port)
  }

  public var text: String {
    host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}
