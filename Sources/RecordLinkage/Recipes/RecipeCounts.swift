import Ordering
internal import RealModule
internal import Statistics

/// How many of the records that are left have a value, by place and by what explains it.
struct RecipeCounts {
  private struct Key: Hashable {
    let field: Int
    let code: Int32
    let place: Int
    /// Which explanation, and the kind in it; -1 for all records.
    let explanation: Int
    let kind: Int
  }

  private let table: CodedTable
  private let alive: [Int]
  /// By value, and by field where it is known (code `unknown`).
  private var counts: [Key: Int] = [:]
  private var holders: [[Int32: [Int32]]]

  init(_ table: CodedTable, _ alive: [Int]) {
    self.table = table
    self.alive = alive
    holders = [[Int32: [Int32]]](repeating: [:], count: table.fields)
    for record in alive {
      let kinds = [(-1, -1)] + table.kinds.enumerated().map { ($0, $1[record]) }
      for field in 0..<table.fields {
        let code = table.codes[field][record]
        guard code != CodedTable.unknown else { continue }
        for (explanation, kind) in kinds {
          for place in [table.places[record], -1] {
            for code in [code, CodedTable.unknown] {
              let key = Key(
                field: field, code: code, place: place, explanation: explanation, kind: kind)
              counts[key, default: 0] += 1
            }
          }
        }
        holders[field][code, default: []].append(Int32(record))
      }
    }
  }

  /// Records that have a value, in some places and of one kind.
  private func count(
    _ field: Int, _ code: Int32, _ places: [Int], explanation: Int = -1, kind: Int = -1
  ) -> Int {
    places.reduce(0) { sum, place in
      let key = Key(field: field, code: code, place: place, explanation: explanation, kind: kind)
      return sum + (counts[key] ?? 0)
    }
  }

  /// Kinds that all of a group are of, by explanation.
  private func commonKinds(_ members: [Int32]) -> [(explanation: Int, kind: Int)] {
    table.kinds.enumerated().compactMap { explanation, kinds in
      let kind = kinds[Int(members[0])]
      return members.allSatisfy { kinds[Int($0)] == kind } ? (explanation, kind) : nil
    }
  }

  /// ln p of each value: its share among the records outside the group, and among those of a kind
  /// with it, whichever is larger.
  private func surprise(_ members: [Int32], _ fields: [Int]) -> [Double] {
    let inside = Set(members.map { table.places[Int($0)] }).sorted()
    let kinds = commonKinds(members)
    let size = members.count
    return fields.map { field in
      let code = table.codes[field][Int(members[0])]
      let near = count(field, CodedTable.unknown, inside) - size
      let pool = near >= Recipes.enoughOfPlace ? inside : [-1]
      let known = count(field, CodedTable.unknown, pool) - size
      let equal = count(field, code, pool) - size
      var share = max((Double(equal) + 0.5), 1) / Double(known + 1)
      for (explanation, kind) in kinds where table.explainedFields[explanation] != field {
        let known =
          count(field, CodedTable.unknown, pool, explanation: explanation, kind: kind) - size
        let equal = count(field, code, pool, explanation: explanation, kind: kind) - size
        share = max(share, (Double(equal) + 0.5) / Double(known + 1))
      }
      return .log(share)
    }
  }

  /// ln of the share of the records without the naming value that have all others together.
  private func logJointShare(_ member: Int, _ others: [Int], naming: Int, needed: UInt32) -> Double
  {
    var known = 0
    var equal = 0
    for record in alive
    where table.codes[naming][record] != table.codes[naming][member]
      && table.known[record] & needed == needed
    {
      known += 1
      if others.allSatisfy({ table.codes[$0][record] == table.codes[$0][member] }) { equal += 1 }
    }
    return .log((Double(equal) + 0.5) / Double(known + 1))
  }

  /// The group as a recipe, if it is one.
  func recipe(_ members: [Int32], _ fields: [Int]) -> Recipe? {
    let logs = surprise(members, fields)
    let first = Int(members[0])
    let texts = fields.map { table.texts[$0][Int(table.codes[$0][first]) - 1] }
    guard
      let naming = fields.indices.min(by: {
        (logs[$0], fields[$0]) < (logs[$1], fields[$1])
      })
    else { return nil }
    let others = fields.indices.filter { $0 != naming }
    let needed = fields.reduce(UInt32(0)) { $0 | 1 << UInt32($1) }
    let code = table.codes[fields[naming]][first]
    let candidates = (holders[fields[naming]][code] ?? []).count {
      table.known[Int($0)] & needed == needed
    }
    func logChance(_ logShare: Double) -> Double? {
      let share = Double.exp(logShare)
      guard Double(members.count) >= Recipes.lift * Double(candidates) * share else { return nil }
      let logChance = UpperTail.logBinomial(
        atLeast: members.count, trials: max(candidates, members.count), probability: share)
      return logChance <= .log(Recipes.level) ? logChance : nil
    }
    // The joint share only raises q, so that it is counted for the few that pass without.
    let apart = others.reduce(0) { $0 + logs[$1] }
    guard logChance(apart) != nil else { return nil }
    let joint = logJointShare(
      first, others.map { fields[$0] }, naming: fields[naming], needed: needed)
    let logShare = max(apart, joint)
    guard let chance = logChance(logShare) else { return nil }
    return Recipe(
      values: zip(fields, texts).map { ($0, $1) }, namingField: fields[naming],
      members: members.map { Int($0) }, candidates: candidates, share: .exp(logShare),
      logChance: chance)
  }
}
