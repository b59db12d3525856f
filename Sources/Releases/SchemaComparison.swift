import Ordering
import Records

/// Tables and columns that came, went, or hold another type of value.
struct SchemaComparison {
  let differences: [ReleaseDifference]

  init(_ earlier: PublishedPackage, _ later: PublishedPackage) {
    var found: [ReleaseDifference] = []
    for name in Set(earlier.tables.keys).union(later.tables.keys).sorted() {
      switch (earlier.tables[name], later.tables[name]) {
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
