import Artifact
import Records
import TestSupport
import Testing

@Suite("Schemas")
struct SchemaTests {
  @Test("Every row type's JSON Schema is the committed one", arguments: RecordCatalog.all.indices)
  func schemaIsCommitted(index: Int) throws {
    let schema = RecordCatalog.all[index].schema
    let folder = schema.id.prefix { $0 != "." }
    let path = "Sources/Records/Schemas/\(folder)/\(schema.identifier).schema.json"
    #expect(try Golden.matches(schema.jsonSchema.prettyText, path))
  }

  @Test("Schema identifiers are unique and resolve to their type")
  func identifiersResolve() {
    let identifiers = RecordCatalog.all.map { $0.schema.identifier }
    #expect(Set(identifiers).count == identifiers.count)
    for type in RecordCatalog.all {
      #expect(RecordCatalog.type(ofSchema: type.schema.identifier) == type)
    }
  }

  @Test("A JSONL schema declares its columns in the order of the canonical form")
  func columnsAreSorted() {
    for type in RecordCatalog.all where type.schema.encoding == .jsonl {
      let names = type.schema.columns.map(\.name)
      #expect(names == names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    }
  }

  @Test("Every key column is a column")
  func keysExist() {
    for type in RecordCatalog.all {
      #expect(Set(type.schema.key).isSubset(of: type.schema.columns.map(\.name)))
    }
  }
}
