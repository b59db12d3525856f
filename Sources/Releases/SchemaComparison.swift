import Artifact
import Ordering
import Records

/// Tables and columns that came, went, or hold another type of value.
struct SchemaComparison {
  let differences: [ReleaseDifference]

  init(_ earlier: PublishedPackage, _ later: PublishedPackage) {
    var found: [ReleaseDifference] = []
    let (old, new) = (earlier.compared, later.compared)
    for name in Set(old.keys).union(new.keys).sorted() {
      switch (old[name], new[name]) {
      case (nil, _): found.append(ReleaseDifference(.tableAdded, name, causes: [.programs]))
      case (_, nil): found.append(ReleaseDifference(.tableRemoved, name, causes: [.programs]))
      case (let before?, let after?): found += Self.columns(of: name, before, after)
      }
    }
    differences = found
  }

  private static func columns(
    of table: String, _ before: PublishedPackage.Table, _ after: PublishedPackage.Table
  ) -> [ReleaseDifference] {
    let types = { (table: PublishedPackage.Table) in
      Dictionary(table.columns.map { ($0.name, $0.type) }, uniquingKeysWith: { first, _ in first })
    }
    let (old, new) = (types(before), types(after))
    return Set(old.keys).union(new.keys).sorted().compactMap { column in
      let (was, now) = (old[column], new[column])
      if was == now { return nil }
      let kind: DifferenceKind =
        was == nil ? .columnAdded : now == nil ? .columnRemoved : .columnChanged
      return ReleaseDifference(
        kind, table, aspect: column, before: was, after: now, causes: [.programs])
    }
  }
}

extension PublishedPackage {
  /// Tables that are compared. The table of differences is about the package before, and that of long
  /// values says in full what other tables say with a digest.
  var compared: [String: Table] {
    tables.filter { ![ReleaseDifference.schema.name, "long_values"].contains($0.key) }
  }
}
