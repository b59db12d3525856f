public import Artifact

/// Ordinary values that far too many servers have together: deployed alike.
public struct DeploymentRecipe: ListedRow, Equatable {
  public static let schema = table(
    "clusters.recipes", version: 1, .csv, key: ["recipe_id"],
    "Combinations of ordinary values that far more servers have than chance explains: deployed alike, nothing of who or why."
  )

  public var recipeID = ""
  public var values: [String] = []
  /// nil where none is known.
  public var product: String?
  public var namedBy = ""
  public var servers: [String] = []
  public var candidates = 0
  public var share = 0.0
  public var logChance = 0.0

  public init(recipeID: String) { self.recipeID = recipeID }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("recipe_id", &recipeID, "Id, over its values.")
    try c.texts("values", &values, "Its values, as `field=value`.")
    try c.text(
      "product", &product,
      "A product or provider that is known to deploy servers of many owners so.",
      nil: "none is known")
    try c.text("named_by", &namedBy, "The field whose value is rarest: it is no evidence.")
    try c.texts("servers", &servers, "Servers that have all of them, variants included.")
    try c.integer(
      "candidates", &candidates, "H: servers with the naming value of which all fields are known.")
    try c.number(
      "share", &share, digits: 9, "q: share of these that the other values together lead to expect."
    )
    try c.number(
      "ln_chance", &logChance, digits: 9,
      "Natural logarithm of the chance that so many of them have the other values.", unit: "nats")
  }

  public var sortKey: SortKey { .of(recipeID) }
}
