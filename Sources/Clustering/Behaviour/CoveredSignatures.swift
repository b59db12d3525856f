public import Records

/// A server's signatures of the probes that it answered, for comparison with another's: probes that
/// one of the two did not answer say nothing.
public struct CoveredSignatures: Sendable, Equatable {
  /// What two servers' answers to the same probes say.
  public enum Agreement: Sendable, Equatable {
    /// Alike on all of so many probes.
    case identical(joint: Int)
    /// Not alike on these probes (bits), of so many.
    case different(joint: Int, bits: [Int])
    /// Too few probes were answered by both.
    case tooLittle(joint: Int)
  }

  public let covered: ProbeMask
  private let signatures: [Int: ProbeSignature]

  /// - Parameters:
  ///   - rows: of one server (`features.signatures`).
  ///   - bits: of all probes of the series (`features.probes`); a row of another probe is left out.
  public init(_ rows: [ProbeSignature], bits: [String: Int]) {
    var mask = ProbeMask(size: bits.count)
    var signatures: [Int: ProbeSignature] = [:]
    for row in rows {
      guard let bit = bits[row.probe] else { continue }
      mask.insert(bit)
      signatures[bit] = row
    }
    covered = mask
    self.signatures = signatures
  }

  /// Compares on the probes that both answered.
  /// - Parameter minimumJoint: so many, and at least one, must be there.
  public func agreement(with other: CoveredSignatures, minimumJoint: Int) -> Agreement {
    let joint = covered.intersection(other.covered)
    guard joint.count >= max(1, minimumJoint) else { return .tooLittle(joint: joint.count) }
    let differing = joint.bits.filter { bit in
      guard let mine = signatures[bit], let others = other.signatures[bit] else { return false }
      return !mine.isAlike(others)
    }
    return differing.isEmpty
      ? .identical(joint: joint.count) : .different(joint: joint.count, bits: differing)
  }
}

extension ProbeSignature {
  /// Whether two servers answer a probe alike, as far as it is known of both: where the form of one
  /// reply is not (imported), what it says must do.
  public func isAlike(_ other: ProbeSignature) -> Bool {
    if lineEnd != nil, other.lineEnd != nil { return signature == other.signature }
    return status == other.status && errorMasked == other.errorMasked
      && resultKind == other.resultKind && resultFrame == other.resultFrame
  }
}
