package import ElectrumProtocol

/// Releases of one implementation from one on and before another.
public struct ReleaseSpan: Sendable, Equatable, CustomStringConvertible {
  public let implementation: KnownImplementation
  /// nil: from its first release on.
  package let since: ProtocolVersion?
  /// nil: up to its newest release and beyond.
  package let before: ProtocolVersion?

  private init(_ implementation: KnownImplementation, since: String?, before: String?) {
    self.implementation = implementation
    self.since = since.flatMap { ProtocolVersion($0) }
    self.before = before.flatMap { ProtocolVersion($0) }
  }

  static func all(_ implementation: KnownImplementation) -> ReleaseSpan {
    ReleaseSpan(implementation, since: nil, before: nil)
  }

  static func since(_ implementation: KnownImplementation, _ release: String) -> ReleaseSpan {
    ReleaseSpan(implementation, since: release, before: nil)
  }

  static func before(_ implementation: KnownImplementation, _ release: String) -> ReleaseSpan {
    ReleaseSpan(implementation, since: nil, before: release)
  }

  static func between(
    _ implementation: KnownImplementation, _ since: String, _ before: String
  ) -> ReleaseSpan {
    ReleaseSpan(implementation, since: since, before: before)
  }

  /// - Parameter version: nil where the implementation has no known releases.
  package func contains(_ implementation: KnownImplementation, _ version: ProtocolVersion?) -> Bool
  {
    guard implementation == self.implementation else { return false }
    guard let version else { return since == nil && before == nil }
    if let since, version < since { return false }
    if let before, version >= before { return false }
    return true
  }

  public var description: String {
    switch (since, before) {
    case (nil, nil): implementation.name
    case (let since?, nil): "\(implementation.name) ≥ \(since)"
    case (nil, let before?): "\(implementation.name) < \(before)"
    case (let since?, let before?): "\(implementation.name) ≥ \(since) < \(before)"
    }
  }
}
