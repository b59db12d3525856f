import TLSChannel

/// A DNS name that may be looked up: lower case, without the final dot.
public struct HostName: Sendable, Hashable {
  public let text: String

  /// Nil for an address, and for whatever is no DNS name.
  public init?(_ text: String) {
    guard TLSClientHandler.isDNSName(text) else { return nil }
    let lowercased = text.lowercased()
    self.text = lowercased.hasSuffix(".") ? String(lowercased.dropLast()) : lowercased
  }

  public var isOnion: Bool { text.hasSuffix(".onion") }
}
