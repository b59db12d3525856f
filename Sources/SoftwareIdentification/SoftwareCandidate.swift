internal import ElectrumProtocol
internal import Records

/// A release that a server may be, and the met rules that say it is not.
struct SoftwareCandidate {
  let implementation: KnownImplementation
  /// nil: of an implementation without known releases.
  let release: ProtocolVersion?
  let contradictions: [MetRule]

  init(_ implementation: KnownImplementation, _ release: ProtocolVersion?, _ met: [MetRule]) {
    self.implementation = implementation
    self.release = release
    let against = met.filter { $0.rule.stand(implementation, release) == .excluded }
    let isShown = against.contains { $0.rule.weight == .shown }
    // One close may be the network's.
    contradictions = isShown || against.count > 1 ? against : []
  }

  var isConsistent: Bool { contradictions.isEmpty }

  /// All releases of all implementations.
  static func all(_ met: [MetRule]) -> [SoftwareCandidate] {
    KnownImplementation.allCases.flatMap { of($0, met) }
  }

  /// All releases of one, in order; one without a number where none is known.
  static func of(_ implementation: KnownImplementation, _ met: [MetRule]) -> [SoftwareCandidate] {
    let releases = implementation.releases
    if releases.isEmpty { return [SoftwareCandidate(implementation, nil, met)] }
    return releases.map { SoftwareCandidate(implementation, $0, met) }
  }
}
