internal import Artifact
internal import Records

/// The part of the data dictionary that says what each column of a feature table is good for.
enum FeatureColumns {
  /// Empty for tables that hold no features.
  static func text(of schema: ArtifactSchema) -> String {
    let described = FeatureDocumentation.all.filter { "features.\($0.table)" == schema.id }
    if described.isEmpty { return "" }
    var out = """

      As features: *copyable* is whether a stranger can reproduce the value without the operator's
      help; a column without a family describes the row and is no feature.

      | column | family | values | copyable | use |
      |---|---|---|---|---|

      """
    for entry in described {
      let feature = entry.feature
      out += "| `\(entry.column)` | \(feature?.family.rawValue ?? "") | "
      out += "\(feature?.type.rawValue ?? "") | \(feature?.copyable.rawValue ?? "") | "
      out += "\((feature?.uses ?? []).map(\.rawValue).joined(separator: ", ")) |\n"
    }
    return out
  }
}
