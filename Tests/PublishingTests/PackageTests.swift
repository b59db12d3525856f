import Artifact
import Digests
import Foundation
import Records
import TestSupport
import Testing

@testable import Publishing

struct PackageTests {
  @Test func `the package has every document and every table`() throws {
    let publication = try Publication.unchanged()
    let tables =
      [
        "advertisements", "advertises", "answers", "asked_alone", "backend_candidates",
        "backend_vectors",
        "backends",
        "behaviour_classes", "behaviour_traits",
        "behaviours", "blocking_keys", "certificates", "chain", "churn", "claims", "client_answers",
        "commitments", "concentration", "contacts", "coverage", "databases", "deviation", "domains",
        "endpoints", "events", "exchanges", "exposure", "features", "fee_states", "forms",
        "headers",
        "histories", "history_answers", "indicator_evidence", "indicators", "lineage",
        "listing_survival", "listings", "network_events", "nodes", "operator_bands", "operators",
        "outages",
        "outcomes", "probes", "profiles", "proofs", "quality", "recipes", "reliability",
        "resolution", "rules", "scans", "sensitivity", "servers", "service_times",
        "shared_values", "signatures", "software", "statuses", "sybil_cost", "timelines",
        "transactions",
        "upgrades",
      ].map { "data/\($0).csv.gz" }
      + [
        "data/behaviour_families.jsonl.gz", "data/behaviour_outliers.jsonl.gz",
        "data/links.jsonl.gz", "data/long_values.jsonl.gz", "data/texts.jsonl.gz",
      ]
    let documents = [
      ".zenodo.json", "CITATION.cff", "DATA-DICTIONARY.md", "DATASHEET.md", "LICENSE-DATA",
      "README.md",
      "SHA256SUMS", "croissant.json", "datacite.json", "datapackage.json",
      "provenance.intoto.jsonl",
      "provenance.json", "publish.manifest.json", "ro-crate-metadata.json",
    ]
    let report = publication.files.filter {
      $0.hasSuffix(".html") || $0.hasPrefix("figures/")
    }
    #expect(publication.files == (tables + documents + report).sorted())
  }

  @Test func `sha256sum accepts the checksums, which name all but the stage's own files`() throws {
    let publication = try Publication.unchanged()
    let result = try Program.run(
      "sh", ["-c", "cd '\(publication.folder)' && sha256sum --check --strict --quiet SHA256SUMS"])
    #expect(result.exitCode == 0, "\(result.errors)")
    let named = try publication.text("SHA256SUMS").split(separator: "\n")
      .map { String($0.dropFirst(66)) }
    #expect(named == named.sorted())
    #expect(
      Set(publication.files).subtracting(named)
        == ["SHA256SUMS", "publish.manifest.json"])
  }

  @Test func `the data package states schema, digest, size and rows of every table`() throws {
    let publication = try Publication.unchanged()
    let package = try publication.json("datapackage.json")
    #expect(
      package["$schema"] == .string("https://datapackage.org/profiles/2.0/datapackage.json"))
    #expect(package["created"] == .string("2026-01-03T03:00:00Z"))
    guard case .array(let resources)? = package["resources"] else {
      Issue.record("no resources")
      return
    }
    #expect(resources.count == 69)
    for resource in resources {
      guard case .string(let path)? = resource["path"] else { continue }
      let bytes = try FileBytes.read(publication.path(path))
      #expect(resource["bytes"] == .integer(bytes.count))
      #expect(resource["hash"] == .string("sha256:" + SHA256.hex(bytes)))
      #expect(resource["schema"]?["primaryKey"] != nil, "\(path)")
    }
  }

  @Test
  func
    `tables of scans have the scan in front, others are those of the stage with a quoted header`()
    throws
  {
    let sample = try SampleDataset()
    let publication = try sample.publish()
    let reader = try ArtifactReader<ScannedRow<Server>>(
      path: publication.path("data/servers.csv.gz"), manifest: .none)
    let rows = try reader.all()
    #expect(rows.map(\.scan) == SampleDataset.scans.flatMap { Array(repeating: $0, count: 48) })
    #expect(rows.map(\.row) == sample.servers.flatMap { $0.sorted { $0.sortKey < $1.sortKey } })
    let published = try Self.content(publication.path("data/operators.csv.gz"))
    let ofStage = try Self.content(sample.folder.file("clusters/operators.csv.gz"))
    let header = ofStage.prefix { $0 != "\n" }
    #expect(
      published
        == header.split(separator: ",").map { "\"\($0)\"" }.joined(separator: ",")
        + ofStage.dropFirst(header.count))
  }

  private static func content(_ path: String) throws -> String {
    let source = try ByteSource(path: path)
    var bytes: [UInt8] = []
    while let chunk = try source.next() { bytes += chunk }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func `a cell that is too long for a spreadsheet is cut, and stands whole in long_values`()
    throws
  {
    let sample = try SampleDataset()
    let banner = String(repeating: "=long", count: 8_000)
    let names = (0..<3_000).map { "name-\($0 + 1_000).example" }
    sample.servers[1][3].banner = banner
    sample.servers[1][3].names = names
    sample.servers[0][5].banner = banner
    let publication = try sample.publish()
    let long = try ArtifactReader<LongValue>(
      path: publication.path("data/long_values.jsonl.gz"), manifest: .none
    ).all()
    let servers = try Self.content(publication.path("data/servers.csv.gz"))
      .split(separator: "\n").dropFirst()
    #expect(long.map(\.table) == ["servers", "servers", "servers"])
    #expect(long.map(\.column) == ["banner", "banner", "names"])
    for value in long {
      let row = servers[servers.startIndex + value.row]
      #expect(row.hasPrefix(value.key.joined(separator: ",") + ","))
      #expect(row.contains("sha256 \(value.sha256)]"))
      #expect(
        EscapedText.unescape(value.value)
          == (value.column == "names" ? names.joined(separator: ";") : banner))
    }
    let reader = try ArtifactReader<Server>(
      folder: sample.folder.file("normalized/\(SampleDataset.scans[0])"))
    #expect(try reader.all().contains { $0.banner == banner }, "whole for the next stage")
  }

  @Test func `a table of JSON lines without rows is declared as a file, with its schema`() throws {
    let package = try Publication.unchanged().json("datapackage.json")
    guard case .array(let resources)? = package["resources"] else {
      Issue.record("no resources")
      return
    }
    let long = resources.last
    #expect(long?["name"] == .string("long_values") && long?["row_count"] == .integer(0))
    #expect(long?["type"] == .string("file"))
    #expect(long?["schema"]?["primaryKey"] != nil)
    #expect(resources.dropLast().allSatisfy { $0["type"] == .string("table") })
  }

  @Test func `the citation is plain Citation File Format and takes its date from the scans`() throws
  {
    let citation = try Publication.unchanged().text("CITATION.cff")
    #expect(citation.hasPrefix("cff-version: 1.2.0\n"))
    for line in [
      "type: dataset", "date-released: \"2026-01-03\"", "license: CC-BY-4.0", "authors:",
      "version: \"0.1.0\"",
    ] {
      #expect(citation.contains("\n\(line)\n"), "\(line)")
    }
  }

  @Test
  func `the rules of all stages are one table, and the report says what those that it names say`()
    throws
  {
    let publication = try Publication.unchanged()
    let rows = try ArtifactReader<RuleRecord<PublishedRules>>(
      path: publication.path("data/rules.csv.gz"), manifest: .none
    ).all()
    #expect(
      rows.map { "\($0.family.rawValue) \($0.id)" } == [
        "indicator content.invalid-header", "indicator content.stale-tip",
        "operator operator.same-domain", "operator operator.same-key", "outage event.gap",
        "resolution resolution.same-key",
      ])
    let page = try publication.report
    for statement in rows.filter({ [.operator, .indicator].contains($0.family) }).map(\.statement) {
      #expect(page.contains(statement))
    }
  }

  @Test func `the dictionary describes every column of every table`() throws {
    let dictionary = try Publication.unchanged().text("DATA-DICTIONARY.md")
    let types =
      RecordCatalog.normalized + RecordCatalog.features + RecordCatalog.clusters
      + RecordCatalog.scores + RecordCatalog.rules
    for type in types {
      #expect(dictionary.contains("## \(type.schema.name)\n"))
      for column in type.schema.columns {
        #expect(dictionary.contains("| `\(column.name)` |"), "\(column.name)")
      }
    }
    for outcome in Outcome.allCases { #expect(dictionary.contains("`\(outcome.rawValue)`")) }
  }

  @Test func `the dictionary says of each feature its family, values, copyability and use`() throws
  {
    let dictionary = try Publication.unchanged().text("DATA-DICTIONARY.md")
    for line in [
      "| `spki_sha256s` | TLS | set | no | behaviour, linkage, suspicion |",
      "| `ports` | config text | set | yes | linkage |",
      "| `median` | timing | numeric | partly | behaviour, linkage, suspicion |",
      "| `vsize_at_least` | backend | vector | hardly | linkage, suspicion |",
      "| `covered` |  |  |  |  |",
    ] {
      #expect(dictionary.contains("\n\(line)\n"), "\(line)")
    }
    #expect(!dictionary.contains("| `kind` | outcome code |"))
  }

  @Test func `provenance holds each stage's record and the digest of each table`() throws {
    let provenance = try Publication.unchanged().json("provenance.json")
    guard case .array(let stages)? = provenance["stages"],
      case .array(let tables)? = provenance["tables"]
    else {
      Issue.record("no stages or tables")
      return
    }
    #expect(stages.map { $0["scan"] } == SampleDataset.scans.map { .string($0) })
    #expect(tables.count == 69)
  }
}
