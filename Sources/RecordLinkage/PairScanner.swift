/// Finds what one record has in common with every greater one, by the values that it holds: pairs
/// that share nothing are never looked at.
final class PairScanner {
  private let index: PairIndex
  private let groups: Int
  private let levels: UnsafeMutablePointer<UInt8>
  private let bits: UnsafeMutablePointer<Double>
  private let isTouched: UnsafeMutablePointer<Bool>
  private let count: Int
  private var touched: [Int32] = []
  private var vetoed: Set<Int32> = []
  private var states: [Int32: (rounds: Int, bits: Double)] = [:]

  init(_ index: PairIndex) {
    self.index = index
    groups = index.model.groups.count
    count = index.evidence.count
    levels = .allocate(capacity: max(1, count * groups))
    levels.initialize(repeating: 0, count: count * groups)
    bits = .allocate(capacity: max(1, count * groups))
    bits.initialize(repeating: 0, count: count * groups)
    isTouched = .allocate(capacity: max(1, count))
    isTouched.initialize(repeating: false, count: count)
  }

  deinit {
    levels.deallocate()
    bits.deallocate()
    isTouched.deallocate()
  }

  /// Calls `body` with each record above `record` that shows anything in common, ascending: its
  /// index, and the bits and levels by group.
  func scan(
    _ record: Int,
    _ body: (
      _ other: Int, _ bits: UnsafeBufferPointer<Double>, _ levels: UnsafeBufferPointer<UInt8>
    ) -> Void
  ) {
    scanFields(record)
    scanPairs(record)
    scanMakings(record)
    scanStates(record)
    func visit(_ other: Int) {
      body(
        other, UnsafeBufferPointer(start: bits + other * groups, count: groups),
        UnsafeBufferPointer(start: levels + other * groups, count: groups))
      (bits + other * groups).update(repeating: 0, count: groups)
      (levels + other * groups).update(repeating: 0, count: groups)
      isTouched[other] = false
    }
    if touched.count > (count - record) / 8 {
      for other in (record + 1)..<count where isTouched[other] { visit(other) }
    } else {
      touched.sort()
      for other in touched { visit(Int(other)) }
    }
    touched.removeAll(keepingCapacity: true)
  }

  @inline(__always)
  private func note(_ other: Int, group: Int, level: UInt8, _ weight: Double) {
    if !isTouched[other] {
      isTouched[other] = true
      touched.append(Int32(other))
    }
    let place = other * groups + group
    if level > levels[place] {
      levels[place] = level
      bits[place] = weight
    } else if level == levels[place], weight > bits[place] {
      bits[place] = weight
    }
  }

  private func scanFields(_ record: Int) {
    let unit = index.units[record]
    for (place, field) in index.evidence.fields.enumerated() {
      guard !index.model.leftOut.contains(field.group), !field.valuesOf[record].isEmpty else {
        continue
      }
      findVetoed(record, field)
      let weights = index.weights[place]
      for value in field.valuesOf[record] {
        let (near, far) = (weights.ofOneUnit[Int(value)], weights.ofTwoUnits[Int(value)])
        field.members[Int(value)].withUnsafeBufferPointer { members in
          var position = Self.firstIndex(members, after: Int32(record))
          while position < members.count {
            let other = Int(members[position])
            position += 1
            if !vetoed.isEmpty, vetoed.contains(Int32(other)) { continue }
            note(
              other, group: field.group, level: UInt8(field.level),
              index.units[other] == unit ? near : far)
          }
        }
      }
    }
  }

  private func findVetoed(_ record: Int, _ field: ValueField) {
    vetoed.removeAll(keepingCapacity: true)
    guard let veto = index.evidence.vetoes[field.name] else { return }
    for value in veto.valuesOf[record] { vetoed.formUnion(veto.members[Int(value)]) }
  }

  private func scanPairs(_ record: Int) {
    for (pairs, weight) in zip(index.evidence.pairs, index.pairWeights)
    where !index.model.leftOut.contains(pairs.group) {
      for other in pairs.partners[record] where other > record {
        note(Int(other), group: pairs.group, level: UInt8(pairs.level), weight)
      }
    }
  }

  private func scanMakings(_ record: Int) {
    guard let made = index.evidence.madeTogether, !index.model.leftOut.contains(made.group) else {
      return
    }
    made.forEachPartner(of: record, after: record) { kind, first, second, other in
      let chances = made.chances(kind, first, second)
      note(other, group: made.group, level: 1, index.makingBits(chances))
    }
  }

  private func scanStates(_ record: Int) {
    guard let shared = index.evidence.sharedState, !index.model.leftOut.contains(shared.group)
    else { return }
    states.removeAll(keepingCapacity: true)
    for (round, weights) in zip(shared.rounds, index.stateWeights) {
      for (other, bits) in Self.agreements(of: record, after: record, round, weights) {
        let known = states[other] ?? (0, 0)
        states[other] = (known.rounds + 1, max(known.bits, bits))
      }
    }
    for (other, found) in states
    where index.holds(rounds: found.rounds, of: shared.roundsOfBoth(record, Int(other))) {
      note(Int(other), group: shared.group, level: 1, found.bits)
    }
  }

  /// Records that agree with this one in a round: they share a state, and not both told one that
  /// the other lacks.
  static func agreements(
    of record: Int, after least: Int, _ round: StateRound, _ weights: StateWeights
  ) -> [Int32: Double] {
    var found: [Int32: (shared: Int, bits: Double)] = [:]
    for state in round.sharedOf[record] {
      let bits = weights.bits[Int(state)]
      for other in round.shared[Int(state)].holders where other > least && other != record {
        let known = found[other] ?? (0, 0)
        found[other] = (known.shared + 1, max(known.bits, bits))
      }
    }
    return found.filter {
      $0.value.shared == round.toldBy[record] || $0.value.shared == round.toldBy[Int($0.key)]
    }.mapValues(\.bits)
  }

  private static func firstIndex(_ members: UnsafeBufferPointer<Int32>, after record: Int32) -> Int
  {
    var (low, high) = (0, members.count)
    while low < high {
      let middle = (low + high) / 2
      if members[middle] > record { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
