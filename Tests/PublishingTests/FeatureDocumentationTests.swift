import Artifact
import Records
import Testing

@testable import Publishing

struct FeatureDocumentationTests {
  @Test func `every column of every feature table is documented once, in its order, and no other`()
  {
    let documented = FeatureDocumentation.all.map { "\($0.table).\($0.column)" }
    let columns = RecordCatalog.features.flatMap { type in
      type.schema.columns.map { "\(type.schema.name).\($0.name)" }
    }
    #expect(documented == columns)
  }

  @Test func `a feature is of some use, and says each once`() {
    for entry in FeatureDocumentation.all {
      guard let feature = entry.feature else { continue }
      #expect(!feature.uses.isEmpty, "\(entry.column)")
      #expect(Set(feature.uses).count == feature.uses.count, "\(entry.column)")
    }
  }

  @Test func `a key is no feature`() {
    for type in RecordCatalog.features {
      for entry in FeatureDocumentation.all where entry.table == type.schema.name {
        if type.schema.key.contains(entry.column) {
          #expect(entry.feature == nil, "\(entry.table).\(entry.column)")
        }
      }
    }
  }
}
