import Ordering

/// Why a pair has the weight that it has, to the last bit.
public struct PairComparison: Sendable, Equatable {
  public let a: Int
  public let b: Int
  public let prior: Double
  /// By group; groups in which nothing agrees are left out.
  public let agreements: [Agreement]

  /// W: prior and all bits.
  public var total: Double { agreements.reduce(prior) { $0 + $1.bits } }
  public var posterior: Double { Linkage.posterior(total) }
}

/// What two records agree on in one group.
public struct Agreement: Sendable, Equatable {
  /// How its bits follow.
  public enum Basis: Sendable, Equatable {
    /// A proof or a declaration: the cap.
    case cap
    /// log2(m / tf).
    case frequency(agreement: Double, TermFrequency)
    /// log2(m / u), u the larger chance.
    case madeTogether(agreement: Double, seconds: Double, byMonth: Double, byDay: Double)
    /// log2(m n / chance): so many units tell one state where λ strangers were expected to.
    case sharedState(agreement: Double, tellers: Int, units: Int, expected: Double, chance: Double)
  }

  public let group: Int
  public let level: Int
  public let strength: Strength
  /// The field, and the value that both have.
  public let field: String
  public let value: String
  public let basis: Basis
  public let cap: Double
  public let bits: Double
  /// Bits that the pair would gain (lose, if negative) were there another unit with this value.
  public let withAnotherHolder: Double?
}

extension Linkage {
  /// What two records have in common, recomputed from the evidence.
  public func comparison(_ a: Int, _ b: Int) -> PairComparison {
    let pair = (min(a, b), max(a, b))
    let found = candidates(pair.0, pair.1).filter { !model.leftOut.contains($0.group) }
    let groups = model.groups.indices.compactMap { group -> Agreement? in
      var best: Agreement?
      for one in found where one.group == group {
        guard let known = best else {
          best = one
          continue
        }
        if (one.level, one.bits) > (known.level, known.bits) { best = one }
      }
      return best
    }
    return PairComparison(a: pair.0, b: pair.1, prior: prior, agreements: groups)
  }

  private func candidates(_ a: Int, _ b: Int) -> [Agreement] {
    var found: [Agreement] = []
    for (place, field) in evidence.fields.enumerated() where evidence.agree(a, b, in: field) {
      found += field.common(a, b).map { agreement(a, b, field, index.weights[place], $0) }
    }
    for (pairs, weight) in zip(evidence.pairs, index.pairWeights) where pairs.contains(a, b) {
      found.append(
        Agreement(
          group: pairs.group, level: pairs.level, strength: strength(pairs.group, pairs.level),
          field: pairs.name, value: "", basis: .cap, cap: weight, bits: weight,
          withAnotherHolder: nil))
    }
    return found + madeTogether(a, b) + sharedStates(a, b)
  }

  private func strength(_ group: Int, _ level: Int) -> Strength {
    model.groups[group].levels[level - 1].strength
  }

  private func agreement(
    _ a: Int, _ b: Int, _ field: ValueField, _ weights: FieldWeights, _ value: Int
  ) -> Agreement {
    let isOneUnit = units[a] == units[b]
    let bits = isOneUnit ? weights.ofOneUnit[value] : weights.ofTwoUnits[value]
    let frequency = weights.frequency(value, isOneUnit: isOneUnit)
    var change: Double?
    if let m = weights.level.agreement, !weights.isOwned[value] {
      let chance = min(1, frequency.withAnotherHolder.value)
      change = model.bits(agreement: m, chance: chance, cap: weights.cap) - bits
    }
    return Agreement(
      group: field.group, level: field.level, strength: weights.level.strength, field: field.name,
      value: field.values[value],
      basis: weights.level.agreement.map { .frequency(agreement: $0, frequency) } ?? .cap,
      cap: weights.cap, bits: bits, withAnotherHolder: change)
  }

  private func madeTogether(_ a: Int, _ b: Int) -> [Agreement] {
    guard let made = evidence.madeTogether else { return [] }
    var found: [Agreement] = []
    let strength = strength(made.group, 1)
    made.forEachPartner(of: a, after: b - 1) { kind, first, second, partner in
      guard partner == b else { return }
      let chances = made.chances(kind, first, second)
      let times = made.kinds[kind].times
      let seconds = times[second] - times[first]
      found.append(
        Agreement(
          group: made.group, level: 1, strength: strength, field: made.name,
          value: "\(Int(seconds)) s apart",
          basis: .madeTogether(
            agreement: model.groups[made.group].levels[0].agreement ?? 1, seconds: seconds,
            byMonth: chances.byMonth, byDay: chances.byDay),
          cap: model.cap(strength, prior: prior), bits: index.makingBits(chances),
          withAnotherHolder: nil))
    }
    return found
  }

  private func sharedStates(_ a: Int, _ b: Int) -> [Agreement] {
    guard let shared = evidence.sharedState else { return [] }
    var rounds = 0
    var found: [Agreement] = []
    let strength = strength(shared.group, 1)
    for (round, weights) in zip(shared.rounds, index.stateWeights) {
      let agreements = PairScanner.agreements(of: a, after: b - 1, round, weights)
      guard let bits = agreements[Int32(b)] else { continue }
      rounds += 1
      let states = round.sharedOf[a].filter {
        round.sharedOf[b].contains($0) && weights.bits[Int($0)] == bits
      }
      guard let state = states.first.map({ Int($0) }) else { continue }
      let told = round.shared[state]
      found.append(
        Agreement(
          group: shared.group, level: 1, strength: strength, field: shared.name,
          value: told.state.text,
          basis: .sharedState(
            agreement: model.groups[shared.group].levels[0].agreement ?? 1,
            tellers: round.tellers, units: weights.units[state], expected: told.expected,
            chance: weights.chance[state]),
          cap: model.cap(strength, prior: prior), bits: bits, withAnotherHolder: nil))
    }
    return index.holds(rounds: rounds, of: shared.roundsOfBoth(a, b)) && rounds > 0 ? found : []
  }
}

extension SharedState.State {
  /// Its frame and figures, for a reader.
  public var text: String {
    let figures = figures.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    return "(\(frame.joined(separator: ", "))) " + figures.joined(separator: ", ")
  }
}
