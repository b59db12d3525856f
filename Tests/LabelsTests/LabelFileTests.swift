import Foundation
import Labels
import StageKit
import TestSupport
import Testing

/// A file of labels is checked row by row.
struct LabelFileTests {
  static func row(_ changes: [String: String?] = [:]) -> String {
    var fields: [String: String?] = [
      "id": #""a""#, "kind": #""operator""#, "unit": #""a.example""#, "label": #""x""#,
      "rationale": #""said so""#, "source": #""https://example.org""#, "date": #""2025-12""#,
    ]
    for (key, value) in changes { fields[key] = value }
    let members = fields.sorted { $0.key < $1.key }
      .compactMap { key, value in value.map { "\"\(key)\": \($0)" } }
    return "{\(members.joined(separator: ", "))}"
  }

  static func read(_ rows: [String]) throws -> LabelFile {
    let folder = try TemporaryFolder()
    try rows.joined(separator: "\n")
      .write(toFile: folder.file("labels.jsonl"), atomically: true, encoding: .utf8)
    return try LabelFile(path: folder.file("labels.jsonl"))
  }

  @Test func `the files that are shipped can be read`() throws {
    let real = try LabelFile(path: PackageRoot.path("datasets/labels/real-2025-12.jsonl"))
    #expect(real.inForce.count == 48)
    #expect(real.inForce.allSatisfy { $0.kind == .operator && $0.evidenceGroup == "name" })
    #expect(real.inForce.contains { $0.mustNotFire })
    let known = try LabelFile(path: PackageRoot.path("datasets/labels/known-cases.jsonl"))
    let kinds = Set(known.inForce.map(\.kind))
    #expect(kinds == [.conduct, .errorText, .banner])
    #expect(known.inForce.contains { $0.verdict == .notScoreable })
  }

  @Test(
    arguments: [
      (["kind": #""server""#], "kind"), (["unit": #""""#], "unit"), (["unit": nil], "unit"),
      (["label": #""honest""#], "label"), (["kind": #""conduct""#], "label"),
      (["rationale": #""""#], "rationale"), (["source": #""http://example.org""#], "source"),
      (["date": #""2025-13""#], "date"), (["evidence_groups": #""name""#], "evidence_groups"),
      (["complete": #""yes""#], "complete"), (["superseded_by": #""b""#], "superseded_by"),
      (["superseded_by": #""a""#], "superseded_by"),
      (
        ["kind": #""conduct""#, "label": #""deviates""#, "must_not_fire": "true"], "must_not_fire"
      ),
      (["kind": #""conduct""#, "label": #""honest""#, "complete": "true"], "complete"),
    ] as [([String: String?], String)])
  func `a mistake is told with its row and key`(_ case: ([String: String?], String)) throws {
    let good = Self.row(["id": #""good""#, "unit": #""b.example""#])
    let error = try #require(
      #expect(throws: StageError.self) { try Self.read([good, Self.row(`case`.0)]) })
    #expect(error.place.contains("row 2"), "\(error)")
    #expect(error.place.contains("key \(`case`.1)"), "\(error)")
    #expect(error.exitCode == 65)
  }

  @Test func `every mistake of a file is told at once`() throws {
    let error = try #require(
      #expect(throws: StageError.self) {
        try Self.read(["{", Self.row(), Self.row(), "[]"])
      })
    #expect(error.all.count == 4)
    #expect(error.all.contains { $0.place.hasSuffix("row 3, key id") })
    #expect(error.all.contains { $0.place.hasSuffix("row 3, key unit") })
    #expect(throws: StageError.self) { try Self.read([]) }
  }

  @Test func `a superseded label is out of force, and a circle of them is refused`() throws {
    let old = Self.row(["superseded_by": #""b""#])
    let new = Self.row(["id": #""b""#, "label": #""y""#])
    let file = try Self.read([old, new])
    #expect(file.inForce.map(\.label) == ["y"] && file.superseded == 1)
    #expect(throws: StageError.self) {
      try Self.read([old, Self.row(["id": #""b""#, "superseded_by": #""a""#])])
    }
  }

  @Test func `rows of a group agree on whether it is complete`() {
    #expect(throws: StageError.self) {
      try Self.read([
        Self.row(["complete": "true"]),
        Self.row(["id": #""b""#, "unit": #""b.example""#]),
      ])
    }
  }
}
