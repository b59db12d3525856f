/// What is known before any pair is looked at: units and the worth of every value.
struct PairIndex {
  let evidence: LinkageEvidence
  let model: LinkageModel
  let prior: Double
  /// Per record the smallest record of its unit.
  let units: [Int]
  let weights: [FieldWeights]
  let pairWeights: [Double]
  let stateWeights: [StateWeights]
  private let making: (level: AgreementLevel, cap: Double)?

  init(_ evidence: LinkageEvidence, _ model: LinkageModel) {
    let prior = model.prior(records: evidence.count)
    let units = Units.of(evidence, leftOut: model.leftOut)
    self.evidence = evidence
    self.model = model
    self.prior = prior
    self.units = units
    weights = evidence.fields.map {
      FieldWeights($0, units: units, model: model, prior: prior)
    }
    pairWeights = evidence.pairs.map {
      model.cap(model.groups[$0.group].levels[$0.level - 1].strength, prior: prior)
    }
    making = evidence.madeTogether.map {
      let level = model.groups[$0.group].levels[0]
      return (level, model.cap(level.strength, prior: prior))
    }
    stateWeights =
      evidence.sharedState.map { shared in
        let level = model.groups[shared.group].levels[0]
        let cap = model.cap(level.strength, prior: prior)
        return shared.rounds.map {
          StateWeights($0, units: units, model: model, level: level, cap: cap)
        }
      } ?? []
  }

  func makingBits(_ chances: (byMonth: Double, byDay: Double)) -> Double {
    guard let making else { return 0 }
    return model.bits(
      agreement: making.level.agreement ?? 1, chance: max(chances.byMonth, chances.byDay),
      cap: making.cap)
  }

  /// Whether two records that agree in so many rounds agree on the whole.
  func holds(rounds: Int, of both: Int) -> Bool {
    Double(rounds) >= SharedState.agreement * Double(both)
  }

  /// prior + Σ bits, group by group.
  func total(_ bits: UnsafeBufferPointer<Double>) -> Double {
    var sum = prior
    for value in bits { sum += value }
    return sum
  }
}
