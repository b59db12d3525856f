import Ordering
internal import RealModule
internal import Statistics

/// Finds over-dense conjunctions of ordinary values by greedy removal.
///
/// The rarest value of a group names it and is no evidence; the others must be surprising among all
/// that have it, each by itself and all together: values that go together everywhere are no surprise.
/// Only then is it tested, at a level far below what the number of groups asks for.
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
