/// How common a value is among the units other than a pair's own:
/// tf = (c + pseudo-count) / (U + 1).
public struct TermFrequency: Sendable, Equatable {
  /// c: other units that hold the value; 0 for an owned one.
  public let holders: Int
  /// U: other units of which the field is known, none included.
  public let known: Int
  public let pseudoCount: Double

  public var value: Double { (Double(holders) + pseudoCount) / (Double(known) + 1) }

  /// The same with one more unit that holds it.
  public var withAnotherHolder: TermFrequency {
    TermFrequency(holders: holders + 1, known: known, pseudoCount: pseudoCount)
  }
}

/// What a field's values are worth: per value the bits of a pair of one unit and of two.
struct FieldWeights {
  /// Units that hold each value, and units of which the field is known.
  let holders: [Int]
  let known: Int
  let isOwned: [Bool]
  let level: AgreementLevel
  let cap: Double
  let pseudoCount: Double
  private(set) var ofOneUnit: [Double] = []
  private(set) var ofTwoUnits: [Double] = []

  init(_ field: ValueField, units: [Int], model: LinkageModel, prior: Double) {
    holders = field.members.map { Set($0.map { units[Int($0)] }).count }
    known = Set(units.indices.filter { field.known[$0] }.map { units[$0] }).count
    isOwned = field.isOwned
    level = model.groups[field.group].levels[field.level - 1]
    cap = model.cap(level.strength, prior: prior)
    pseudoCount = model.pseudoCount
    ofOneUnit = holders.indices.map { bits($0, isOneUnit: true, model) }
    ofTwoUnits = holders.indices.map { bits($0, isOneUnit: false, model) }
  }

  func frequency(_ value: Int, isOneUnit: Bool) -> TermFrequency {
    let own = isOneUnit ? 1 : 2
    return TermFrequency(
      holders: isOwned[value] ? 0 : max(0, holders[value] - own), known: max(0, known - own),
      pseudoCount: pseudoCount)
  }

  private func bits(_ value: Int, isOneUnit: Bool, _ model: LinkageModel) -> Double {
    guard let agreement = level.agreement else { return cap }
    let frequency = frequency(value, isOneUnit: isOneUnit)
    return model.bits(agreement: agreement, chance: min(1, frequency.value), cap: cap)
  }
}

/// What a round's shared states are worth.
struct StateWeights {
  /// Per shared state: units that told it, and what that is worth.
  let units: [Int]
  let chance: [Double]
  let bits: [Double]

  init(_ round: StateRound, units: [Int], model: LinkageModel, level: AgreementLevel, cap: Double) {
    self.units = round.shared.map { Set($0.holders.map { units[Int($0)] }).count }
    chance = zip(round.shared, self.units).map { $0.chance(tellers: $1) }
    bits = chance.map {
      model.bits(agreement: (level.agreement ?? 1) * Double(round.tellers), chance: $0, cap: cap)
    }
  }
}
