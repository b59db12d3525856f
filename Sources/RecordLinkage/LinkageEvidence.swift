/// All evidence of one linkage, by record index.
public struct LinkageEvidence: Sendable {
  /// Records.
  public let count: Int
  public var fields: [ValueField] = []
  /// Per field (by name): values such that two records that share one do not agree in that field.
  public var vetoes: [String: ValueField] = [:]
  public var pairs: [GivenPairs] = []
  public var madeTogether: MadeTogether?
  public var sharedState: SharedState?
  /// Conjunctions that make two records one unit, and the groups that they need.
  public var conjunctions: [Conjunction] = []

  /// Values of several groups that are shared together.
  public struct Conjunction: Sendable {
    public let field: ValueField
    public let groups: Set<Int>

    public init(_ field: ValueField, groups: Set<Int>) {
      self.field = field
      self.groups = groups
    }
  }

  public init(count: Int) {
    self.count = count
  }

  /// Whether two records agree in a field: they share a value, and none that forbids it.
  func agree(_ a: Int, _ b: Int, in field: ValueField) -> Bool {
    !field.common(a, b).isEmpty && vetoes[field.name]?.common(a, b).isEmpty != false
  }

  /// The same with each group's values given to other records, by one permutation a group.
  func permuted(by permutation: (_ group: Int) -> [Int]) -> LinkageEvidence {
    var other = self
    other.fields = fields.map { $0.permuted(by: permutation($0.group)) }
    for field in fields {
      if let veto = vetoes[field.name] {
        other.vetoes[field.name] = veto.permuted(by: permutation(field.group))
      }
    }
    other.pairs = pairs.map { $0.permuted(by: permutation($0.group)) }
    other.madeTogether = madeTogether.map { $0.permuted(by: permutation($0.group)) }
    other.sharedState = sharedState.map { $0.permuted(by: permutation($0.group)) }
    other.conjunctions = conjunctions.map { conjunction in
      let group = conjunction.groups.min() ?? 0
      return Conjunction(
        conjunction.field.permuted(by: permutation(group)), groups: conjunction.groups)
    }
    return other
  }
}

/// Units: components over robust edges, computed once, before any weight. Frequencies count units,
/// or the greatest owner would make its own values look common.
enum Units {
  /// - Returns: per record the smallest record of its unit.
  static func of(_ evidence: LinkageEvidence, leftOut: Set<Int>) -> [Int] {
    var sets = Components(count: evidence.count)
    for field in evidence.fields where field.isRobust && !leftOut.contains(field.group) {
      for members in field.members {
        guard let veto = evidence.vetoes[field.name] else {
          sets.join(members)
          continue
        }
        for (position, a) in members.enumerated() {
          for b in members[(position + 1)...]
          where !sets.areJoined(Int(a), Int(b)) && veto.common(Int(a), Int(b)).isEmpty {
            sets.join([a, b])
          }
        }
      }
    }
    for pairs in evidence.pairs where pairs.isRobust && !leftOut.contains(pairs.group) {
      for (a, partners) in pairs.partners.enumerated() { sets.join([Int32(a)] + partners) }
    }
    for conjunction in evidence.conjunctions where leftOut.isDisjoint(with: conjunction.groups) {
      for members in conjunction.field.members { sets.join(members) }
    }
    return sets.representatives
  }
}
