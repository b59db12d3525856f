internal import RealModule

enum NaturalLogarithm {
  static func of(_ value: Double) -> Double { .log(value) }
}

/// Ordinary values of records, of which many together can be a recipe.
public struct RecipeTable: Sendable {
  /// What a record has in one field.
  public enum Cell: Sendable, Hashable {
    case unknown
    /// Known, but what everybody has: never part of a recipe.
    case usual
    case value(String)
  }

  /// What explains values of a record by itself: servers of one product are alike in what the product
  /// sets.
  public struct Explanation: Sendable {
    /// By record; what is nil is of one kind, too.
    public let kinds: [String?]
    /// The field that tells the kind itself, which is no value that the kind explains.
    public let field: Int?

    public init(kinds: [String?], field: Int? = nil) {
      self.kinds = kinds
      self.field = field
    }
  }

  /// Names of the fields.
  public let fields: [String]
  /// By record, then field.
  public let cells: [[Cell]]
  /// By record: which kind of place it is compared with where that has enough records.
  public let places: [String]
  public let explanations: [Explanation]

  public init(
    fields: [String], cells: [[Cell]], places: [String], explanations: [Explanation]
  ) {
    self.fields = fields
    self.cells = cells
    self.places = places
    self.explanations = explanations
  }
}

/// A combination of ordinary values that far too many records have: deployed alike.
public struct Recipe: Sendable, Equatable {
  /// Its fields and their values, in order of the fields.
  public internal(set) var values: [(field: Int, value: String)]
  /// The field that names the group and is no evidence.
  public internal(set) var namingField: Int
  /// Records with all of it and its variants, ascending.
  public internal(set) var members: [Int]
  /// H: records with the naming value that know all fields.
  public internal(set) var candidates: Int
  /// q: expected share of these with the other values: as chance makes it of each, or as those have
  /// them together that lack the naming value, whichever is larger.
  public internal(set) var share: Double
  /// ln of the chance that so many have them.
  public internal(set) var logChance: Double

  public static func == (one: Recipe, other: Recipe) -> Bool {
    one.members == other.members && one.logChance == other.logChance
      && one.values.map(\.value) == other.values.map(\.value)
      && one.values.map(\.field) == other.values.map(\.field)
  }
}
