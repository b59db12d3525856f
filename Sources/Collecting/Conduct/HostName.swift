import Addressing

/// A DNS name that may be looked up: lower case, without the final dot.
public struct HostName: Sendable, Hashable {
  public let text: String

  /// Nil for an address, and for whatever is no DNS name: nobody is asked for an onion name that
  /// cannot exist.
  public init?(_ text: String) {
    guard case .name(let name)? = try? Place(text) else { return nil }
    self.text = name
  }

  public var isOnion: Bool { text.hasSuffix(".onion") }
}
