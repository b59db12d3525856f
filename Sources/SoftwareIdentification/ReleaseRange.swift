public import ElectrumProtocol

/// From one known release to another, both included.
public struct ReleaseRange: Sendable, Equatable, CustomStringConvertible {
  public let first: ProtocolVersion
  public let last: ProtocolVersion
  /// The known release that follows the last one; nil where the last is the newest, so that it may
  /// be a newer one.
  public let next: ProtocolVersion?

  /// - Parameter releases: in order; nil where there is none.
  init?(_ releases: [ProtocolVersion], of implementation: KnownImplementation) {
    guard let first = releases.first, let last = releases.last else { return nil }
    self.first = first
    self.last = last
    next = implementation.releases.first { $0 > last }
  }

  /// Releases between the known ones count with the one before them.
  public func contains(_ version: ProtocolVersion) -> Bool {
    if version < first { return false }
    return next.map { version < $0 } ?? true
  }

  public var description: String {
    first == last ? first.description : "\(first)–\(last)"
  }
}
