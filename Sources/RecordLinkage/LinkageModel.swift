internal import RealModule

/// The constants of a linkage: what records of one owner are expected to have in common.
///
/// Weights are bits (log2 of odds). Evidence is agreement only and never negative.
public struct LinkageModel: Sendable, Equatable {
  public let groups: [EvidenceGroupModel]
  /// ν: partners that a record is expected to have beyond robust edges.
  public var partners = 0.4
  /// Bits added to the prior, for sensitivity.
  public var priorShift = 0.0
  /// Bits that a pair says which shows nothing: log2(1 − m), not the prior again, which the pairs
  /// that show something have paid.
  public var nothing = -0.5
  /// Most bits that one pair says in the linkage of clusters.
  public var greatest = 12.0
  /// Guessed chance, times the number of units, that strangers share an identifier.
  public var pseudoCount = 0.01
  /// Groups (by index) that are left out.
  public var leftOut: Set<Int> = []

  public init(groups: [EvidenceGroupModel]) {
    self.groups = groups
  }

  /// log2(ν / (N − 1 − ν)): it scales, since chance agreements do.
  public func prior(records: Int) -> Double {
    .log2(partners / max(1, Double(records) - 1 - partners)) + priorShift
  }

  /// Most bits that evidence of this strength earns.
  public func cap(_ strength: Strength, prior: Double) -> Double {
    max(0, strength.bitsBeyondPrior - prior)
  }

  /// log2(m / u) between nothing and the cap.
  public func bits(agreement: Double, chance: Double, cap: Double) -> Double {
    min(cap, max(0, .log2(agreement / max(chance, Self.leastChance))))
  }

  /// Chances below it are not told apart.
  private static let leastChance = 1e-30
}
