/// How far one group of evidence may carry a pair.
public enum Strength: String, Sendable, CaseIterable {
  /// It proves: no sensible prior or silence outweighs it.
  case proof
  /// It may decide without any other group.
  case alone
  /// It never decides: a bit of another group is needed beside it.
  case support

  /// Bits that a group may earn beyond those that the prior takes away.
  public var bitsBeyondPrior: Double {
    switch self {
    case .proof: 12
    case .alone: 3
    case .support: -1
    }
  }
}

/// What agreement of one kind within a group is worth.
public struct AgreementLevel: Sendable, Equatable {
  /// m: share of the pairs of one owner that agree so; nil where agreement earns the cap itself,
  /// as a proof or a declaration does.
  public let agreement: Double?
  public let strength: Strength

  public init(agreement: Double?, strength: Strength) {
    self.agreement = agreement
    self.strength = strength
  }
}

/// Evidence that one act makes together, so that it counts once.
public struct EvidenceGroupModel: Sendable, Equatable {
  public let name: String
  /// By level: the first is level 1. Level 0 says that nothing agrees.
  public let levels: [AgreementLevel]

  public init(name: String, levels: [AgreementLevel]) {
    self.name = name
    self.levels = levels
  }
}
