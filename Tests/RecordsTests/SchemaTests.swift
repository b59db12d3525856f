import Artifact
import Records
import TestSupport
import Testing

/// Schemas.
struct SchemaTests {
  @Test(arguments: RecordCatalog.all.indices)
  func `every row type's JSON Schema is the committed one`(index: Int) throws {
    let schema = RecordCatalog.all[index].schema
    let folder = schema.id.prefix { $0 != "." }
    let path = "Sources/Records/Schemas/\(folder)/\(schema.identifier).schema.json"
    #expect(try Golden.matches(schema.jsonSchema.prettyText, path))
  }

  @Test func `schema identifiers are unique and resolve to their type`() {
    let identifiers = RecordCatalog.all.map { $0.schema.identifier }
    #expect(Set(identifiers).count == identifiers.count)
    for type in RecordCatalog.all {
      #expect(RecordCatalog.type(ofSchema: type.schema.identifier) == type)
    }
  }

  @Test func `a JSONL schema declares its columns in the order of the canonical form`() {
    for type in RecordCatalog.all where type.schema.encoding == .jsonl {
      let names = type.schema.columns.map(\.name)
      #expect(names == names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    }
  }

  @Test func `a table of facts or claims is a function of one scan, and says so`() {
    let ofOneScan = RecordCatalog.facts + [HostClaim.self, AdvertisedServer.self]
    for type in ofOneScan {
      #expect(type.schema.summary.hasSuffix(" A function of one scan."), "\(type.schema.id)")
    }
    #expect(DomainNames.schema.summary.hasSuffix(" A fold over tables of single scans."))
    #expect(ofOneScan.allSatisfy { $0.schema.id.hasPrefix("normalized.") })
    // Facts lead back to the exchange that told them.
    for type in RecordCatalog.facts {
      let names = type.schema.columns.map(\.name)
      let source = ["scan", "endpoint_id", "attempt", "sequence"]
      #expect(names.starts(with: source), "\(type.schema.id)")
    }
  }

  @Test func `every key column is a column`() {
    for type in RecordCatalog.all {
      #expect(Set(type.schema.key).isSubset(of: type.schema.columns.map(\.name)))
    }
  }
}
