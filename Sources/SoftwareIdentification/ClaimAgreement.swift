public import ElectrumProtocol
internal import Records

/// Whether a server can be what it says it is.
public struct ClaimAgreement: Sendable, Equatable {
  public enum Verdict: String, Sendable, CaseIterable {
    /// The behaviour identifies the implementation, and the version is one of those it can be.
    case yes
    /// The behaviour contradicts every release that the claim can mean.
    case no
    /// Neither: too little was observed, or the book does not know what is claimed.
    case unknown
  }

  public let verdict: Verdict
  /// What contradicts the claim, in the order of the book; empty unless the verdict is no.
  public let contradictions: [Finding]
}

extension IdentifiedSoftware {
  /// - Parameter claim: the first element of the result of `server.version`.
  public func agreement(with claim: String) -> ClaimAgreement {
    agreement(with: ServerSoftware(claim))
  }

  public func agreement(with claim: ServerSoftware) -> ClaimAgreement {
    let claimed = KnownImplementation.called(claim.implementation)
    let version = claim.version.flatMap { ProtocolVersion($0) }
    let candidates = Self.meant(claimed, version, met)
    if candidates.isEmpty { return ClaimAgreement(verdict: .unknown, contradictions: []) }
    guard candidates.contains(where: \.isConsistent) else {
      let against = Set(candidates.flatMap(\.contradictions).map(\.rule.id.text))
      return ClaimAgreement(
        verdict: .no, contradictions: findings.filter { against.contains($0.rule) })
    }
    // Two that share a name count as one.
    let isConfirmed =
      isSupported
      && possibilities.allSatisfy { possibility in
        claimed.contains(possibility.implementation)
      }
    let fits = candidates.contains { candidate in
      candidate.isConsistent && isConfirmed
        && Self.isWithin(possibilities, candidate.implementation, version)
    }
    return ClaimAgreement(verdict: fits ? .yes : .unknown, contradictions: [])
  }

  /// The releases that a claim means: the one, where the book reaches so far; all where it does not,
  /// as what another release does is not known but from these, and where none is named.
  private static func meant(
    _ claimed: [KnownImplementation], _ version: ProtocolVersion?, _ met: [MetRule]
  ) -> [SoftwareCandidate] {
    if let version {
      let reached = claimed.filter { implementation in
        guard let first = implementation.releases.first, let last = implementation.releases.last
        else { return false }
        return first <= version && version <= last
      }
      if !reached.isEmpty { return reached.map { SoftwareCandidate($0, version, met) } }
    }
    return claimed.flatMap { SoftwareCandidate.of($0, met) }
  }

  /// Whether the releases that are left reach to the claimed version, or it names none.
  private static func isWithin(
    _ possibilities: [Possibility], _ implementation: KnownImplementation,
    _ version: ProtocolVersion?
  ) -> Bool {
    guard let possibility = possibilities.first(where: { $0.implementation == implementation })
    else { return false }
    guard let version, let versions = possibility.versions else { return true }
    if versions.contains(version) { return true }
    return version < versions.first && implementation.releases.first == versions.first
  }
}
