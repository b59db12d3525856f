import Artifact
import Foundation
import Records
import TestSupport
import Testing

struct ReleasedColumnsTests {
  /// `table.column` of every table of the data package of that version.
  private static let released = "Tests/PublishingTests/Golden/columns-0.1.0.txt"
  /// Those of them that the next version will not have.
  private static let broken = "Tests/PublishingTests/Golden/columns-broken.txt"

  @Test
  func `a released column is still there, or its loss is recorded and needs a major version`()
    throws
  {
    let types =
      RecordCatalog.normalized + RecordCatalog.features + RecordCatalog.clusters
      + RecordCatalog.scores + RecordCatalog.rules
    let declared = Set(
      types.flatMap { type in type.schema.columns.map { "\(type.schema.name).\($0.name)" } })
    let text = try String(contentsOfFile: PackageRoot.path(Self.released), encoding: .utf8)
    let names = text.split(separator: "\n").map(String.init)
    #expect(names.count > 600 && names == names.sorted())
    let gone = names.filter { !declared.contains($0) }.map { $0 + "\n" }.joined()
    #expect(
      try Golden.matches(gone, Self.broken),
      "A column of the last release is gone: keep it, or record the break and raise the major version."
    )
  }
}
