internal import RealModule
internal import Statistics

/// Finds over-dense conjunctions of ordinary values by greedy removal.
///
/// The rarest value of a group names it and is no evidence; the others must be surprising among all
/// that have it. Only then is it tested, at a level far below what the number of groups asks for.
public struct Recipes: Sendable {
  /// Fewest records of a recipe.
  public static let smallest = 5
  /// How many times more than expected must have it.
  public static let lift = 8.0
  /// Greatest chance.
  public static let level = 1e-9
  /// Fewest records of one kind of place to be compared with these alone.
  static let enoughOfPlace = 20
  /// A field of fewer values never tells a variant.
  static let enoughValues = 5

  /// The least likely first.
  public let found: [Recipe]

  public init(_ table: RecipeTable) {
    let coded = CodedTable(table)
    var alive = Array(table.cells.indices)
    var found: [Recipe] = []
    while alive.count >= Self.smallest, let best = Self.best(coded, alive) {
      found.append(best)
      let gone = Set(best.members)
      alive.removeAll { gone.contains($0) }
    }
    self.found = Self.joined(found, table)
  }

  private static func best(_ table: CodedTable, _ alive: [Int]) -> Recipe? {
    let counts = RecipeCounts(table, alive)
    var best: Recipe?
    table.forEachClosedGroup(of: alive, smallest: smallest) { members, fields in
      guard let recipe = counts.recipe(members, fields), isBetter(recipe, than: best) else {
        return
      }
      best = recipe
    }
    return best
  }

  /// The smaller chance; of equal ones the larger group, then the first in order of values.
  private static func isBetter(_ recipe: Recipe, than other: Recipe?) -> Bool {
    guard let other else { return true }
    if recipe.logChance != other.logChance { return recipe.logChance < other.logChance }
    if recipe.members.count != other.members.count {
      return recipe.members.count > other.members.count
    }
    let (mine, others) = (recipe.values, other.values)
    if mine.map(\.field) != others.map(\.field) {
      return mine.map(\.field).lexicographicallyPrecedes(others.map(\.field))
    }
    return mine.map(\.value).lexicographicallyPrecedes(others.map(\.value))
  }

  /// Joins variants: recipes that share two values, of which nobody else has one (of a field of
  /// several values).
  private static func joined(_ found: [Recipe], _ table: RecipeTable) -> [Recipe] {
    let values = table.fields.indices.map { field in
      Set(table.cells.map { $0[field] }).subtracting([.unknown]).count
    }
    var joined: [Recipe] = []
    for recipe in found {
      let place = joined.firstIndex { other in
        let shared = other.values.filter { mine in
          recipe.values.contains { $0.field == mine.field && $0.value == mine.value }
        }
        let both = Set(other.members).union(recipe.members)
        return shared.count >= 2
          && shared.contains { field, value in
            values[field] >= enoughValues
              && table.cells.indices.allSatisfy {
                table.cells[$0][field] != .value(value) || both.contains($0)
              }
          }
      }
      if let place {
        joined[place].members = Set(joined[place].members).union(recipe.members).sorted()
      } else {
        joined.append(recipe)
      }
    }
    return joined
  }
}

/// A table of recipes with numbers for values.
struct CodedTable {
  /// Code of an unknown value, and of a usual one.
  static let unknown = Int32(-1)
  static let usual = Int32(0)

  let fields: Int
  let familyField: Int?
  /// By field, then record.
  let codes: [[Int32]]
  /// By field: the texts of codes from 1.
  let texts: [[String]]
  let places: [Int]
  let families: [Int]
  /// By record: fields that are known, as bits.
  let known: [UInt32]

  init(_ table: RecipeTable) {
    fields = table.fields.count
    familyField = table.familyField
    var codes: [[Int32]] = []
    var texts: [[String]] = []
    for field in table.fields.indices {
      let values = Set(
        table.cells.compactMap { cells -> String? in
          if case .value(let value) = cells[field] { value } else { nil }
        }
      ).sorted()
      let code = Dictionary(uniqueKeysWithValues: values.enumerated().map { ($1, Int32($0 + 1)) })
      texts.append(values)
      codes.append(
        table.cells.map { cells in
          switch cells[field] {
          case .unknown: Self.unknown
          case .usual: Self.usual
          case .value(let value): code[value] ?? Self.unknown
          }
        })
    }
    self.codes = codes
    self.texts = texts
    places = Self.numbered(table.places)
    families = Self.numbered(table.families.map { $0.map { "=" + $0 } ?? "" })
    known = table.cells.indices.map { record in
      codes.indices.reduce(0) { $0 | (codes[$1][record] == Self.unknown ? 0 : 1 << UInt32($1)) }
    }
  }

  private static func numbered(_ names: [String]) -> [Int] {
    let order = Set(names).sorted()
    let number = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    return names.map { number[$0] ?? 0 }
  }

  /// Calls `body` once with each group of records that are equal on two fields or more, and with
  /// all fields on which they are.
  func forEachClosedGroup(
    of records: [Int], smallest: Int, _ body: (_ members: [Int32], _ fields: [Int]) -> Void
  ) {
    refine(records.map { Int32($0) }, from: 0, used: [], smallest, body)
  }

  private func refine(
    _ group: [Int32], from first: Int, used: [Int], _ smallest: Int,
    _ body: (_ members: [Int32], _ fields: [Int]) -> Void
  ) {
    for field in first..<max(first, fields) {
      for members in parts(of: group, by: field) where members.count >= smallest {
        let used = used + [field]
        // A group is told where all that it shares has been used: once, and with nothing left out.
        if used.count > 1, closure(members) == used { body(members, used) }
        refine(members, from: field + 1, used: used, smallest, body)
      }
    }
  }

  private func parts(of group: [Int32], by field: Int) -> [[Int32]] {
    var parts: [Int32: [Int32]] = [:]
    for record in group {
      let code = codes[field][Int(record)]
      if code > Self.usual { parts[code, default: []].append(record) }
    }
    return parts.sorted { $0.key < $1.key }.map(\.value)
  }

  private func closure(_ members: [Int32]) -> [Int] {
    codes.indices.filter { field in
      let code = codes[field][Int(members[0])]
      return code > Self.usual && members.allSatisfy { codes[field][Int($0)] == code }
    }
  }
}

/// How many of the records that are left have a value, by place and family.
struct RecipeCounts {
  private struct Key: Hashable {
    let field: Int
    let code: Int32
    let place: Int
    let family: Int
  }

  private let table: CodedTable
  /// By value, and by field where it is known (code `unknown`).
  private var counts: [Key: Int] = [:]
  private let places: Int
  private let familyCount: Int
  private var holders: [[Int32: [Int32]]]

  init(_ table: CodedTable, _ alive: [Int]) {
    self.table = table
    places = (table.places.max() ?? 0) + 1
    familyCount = (table.families.max() ?? 0) + 1
    holders = [[Int32: [Int32]]](repeating: [:], count: table.fields)
    for record in alive {
      for field in 0..<table.fields {
        let code = table.codes[field][record]
        guard code != CodedTable.unknown else { continue }
        for family in [table.families[record], -1] {
          for place in [table.places[record], -1] {
            counts[Key(field: field, code: code, place: place, family: family), default: 0] += 1
            counts[
              Key(field: field, code: CodedTable.unknown, place: place, family: family),
              default: 0] += 1
          }
        }
        holders[field][code, default: []].append(Int32(record))
      }
    }
  }

  private func count(_ field: Int, _ code: Int32, _ places: [Int], _ family: Int) -> Int {
    places.reduce(0) {
      $0 + (counts[Key(field: field, code: code, place: $1, family: family)] ?? 0)
    }
  }

  /// ln p of each value: its share among the records outside the group.
  private func surprise(_ members: [Int32], _ fields: [Int]) -> [Double] {
    let inside = Set(members.map { table.places[Int($0)] }).sorted()
    let families = Set(members.map { table.families[Int($0)] })
    let size = members.count
    return fields.map { field in
      let code = table.codes[field][Int(members[0])]
      let near = count(field, CodedTable.unknown, inside, -1) - size
      let pool = near >= Recipes.enoughOfPlace ? inside : [-1]
      let known = count(field, CodedTable.unknown, pool, -1) - size
      let equal = count(field, code, pool, -1) - size
      var share = max((Double(equal) + 0.5), 1) / Double(known + 1)
      if field != table.familyField, families.count == 1, let family = families.first {
        let known = count(field, CodedTable.unknown, pool, family) - size
        let equal = count(field, code, pool, family) - size
        share = max(share, (Double(equal) + 0.5) / Double(known + 1))
      }
      return .log(share)
    }
  }

  /// The group as a recipe, if it is one.
  func recipe(_ members: [Int32], _ fields: [Int]) -> Recipe? {
    let logs = surprise(members, fields)
    let texts = fields.map { table.texts[$0][Int(table.codes[$0][Int(members[0])]) - 1] }
    guard
      let naming = fields.indices.min(by: {
        (logs[$0], fields[$0]) < (logs[$1], fields[$1])
      })
    else { return nil }
    let logShare = logs.indices.reduce(0) { $1 == naming ? $0 : $0 + logs[$1] }
    let needed = fields.reduce(UInt32(0)) { $0 | 1 << UInt32($1) }
    let code = table.codes[fields[naming]][Int(members[0])]
    let candidates = (holders[fields[naming]][code] ?? []).count {
      table.known[Int($0)] & needed == needed
    }
    let share = Double.exp(logShare)
    guard Double(members.count) >= Recipes.lift * Double(candidates) * share else { return nil }
    let logChance = UpperTail.logBinomial(
      atLeast: members.count, trials: max(candidates, members.count), probability: share)
    guard logChance <= .log(Recipes.level) else { return nil }
    return Recipe(
      values: zip(fields, texts).map { ($0, $1) }, namingField: fields[naming],
      members: members.map { Int($0) }, candidates: candidates, share: share,
      logChance: logChance)
  }
}
