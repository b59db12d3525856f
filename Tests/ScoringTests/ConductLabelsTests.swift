import Foundation
import Labels
import Scoring
import StageKit
import Statistics
import TestSupport
import Testing

/// Cases of the public record, replayed.
struct ConductLabelsTests {
  private func value(_ report: LabelReport, _ task: String, _ name: String) -> LabelMeasure? {
    report.measures.first { $0.task == task && $0.name == name }
  }

  @Test func `each form of the attacks is found, and no honest text fires`() throws {
    let file = try LabelFile(path: PackageRoot.path("datasets/labels/known-cases.jsonl"))
    let labels = try ConductLabels(file, .defaults())
    #expect(labels.needsServers)
    let report = labels.textReport()
    #expect(report.failures.isEmpty)
    for task in ["labels.error-texts", "labels.banners"] {
      #expect(value(report, task, "recall")?.value == 1)
      #expect(value(report, task, "precision")?.value == 1)
    }
    #expect(try #require(value(report, "must-not-fire.error-texts", "cases")?.value) >= 6)
    #expect(try #require(value(report, "labels.error-texts", "recall")?.interval).low < 0.6)
  }

  @Test func `an honest text that fires is an error with its name`() throws {
    let folder = try TemporaryFolder()
    let row = """
      {"id": "wrong", "kind": "error-text", "unit": "<b>update</b> at https://evil.example", \
      "label": "honest", "must_not_fire": true, "rationale": "none", \
      "source": "https://example.org", "date": "2025"}
      """
    try row.write(toFile: folder.file("labels.jsonl"), atomically: true, encoding: .utf8)
    let labels = try ConductLabels(LabelFile(path: folder.file("labels.jsonl")), .defaults())
    #expect(labels.textReport().failures.map { $0.hasPrefix("wrong ") } == [true])
  }

  @Test func `a label cannot rest on what is no family of the score`() throws {
    let folder = try TemporaryFolder()
    let row = """
      {"id": "a", "kind": "conduct", "unit": "a", "label": "honest", "evidence_group": "name", \
      "rationale": "none", "source": "https://example.org", "date": "2025"}
      """
    try row.write(toFile: folder.file("labels.jsonl"), atomically: true, encoding: .utf8)
    #expect(throws: StageError.self) {
      try ConductLabels(LabelFile(path: folder.file("labels.jsonl")), .defaults())
    }
  }
}
