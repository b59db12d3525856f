import StageKit
import Testing

@testable import Labels

/// Labels of groups judge likely operators.
struct OperatorLabelsTests {
  private func label(
    _ unit: String, _ group: String, _ more: [String: String?] = [:]
  ) -> String {
    LabelFileTests.row(
      ["id": "\"\(unit)\"", "unit": "\"\(unit)\"", "label": "\"\(group)\""]
        .merging(more) { $1 })
  }

  private func directory(_ servers: [String], at start: String = "2025-12-10T00:00:00Z")
    -> ServerDirectory
  {
    ServerDirectory(
      Dictionary(uniqueKeysWithValues: servers.map { ($0, [$0]) }), starts: [start])
  }

  private func report(
    _ rows: [String], likely: [String: String], declared: [String: String]? = nil,
    variants: [String: [String: String]] = [:],
    at start: String = "2025-12-10T00:00:00Z"
  ) throws -> LabelReport {
    try OperatorLabels(
      try LabelFileTests.read(rows), directory(likely.keys.sorted(), at: start)
    ).report(likely: likely, declared: declared ?? likely, variants: variants)
  }

  private func value(_ report: LabelReport, _ task: String, _ name: String) -> Double? {
    report.measures.first { $0.task == task && $0.name == name }?.value
  }

  private let likely = ["a": "1", "b": "1", "c": "2", "d": "2", "e": "2", "f": "3"]

  @Test func `a label that rests on evidence is judged first without it`() throws {
    let rows = ["a", "b"].map { label($0, "x", ["evidence_group": #""name""#]) }
    let without = likely.merging(["b": "9"]) { $1 }
    let report = try report(rows, likely: likely, variants: ["without-name": without])
    #expect(value(report, "labels-on-name.without-name", "pairwise.recall") == 0)
    #expect(value(report, "labels-on-name.likely", "pairwise.recall") == 1)
    let tasks = report.measures.map(\.task)
    let first = try #require(tasks.firstIndex(of: "labels-on-name.without-name"))
    let second = try #require(tasks.firstIndex(of: "labels-on-name.likely"))
    #expect(first < second)
    #expect(throws: StageError.self) {
      try self.report(rows, likely: likely, variants: ["without-key": without])
    }
  }

  @Test func `every partition is judged by the same servers, those that were reached`() throws {
    let rows = ["a", "b"].map { label($0, "x", ["evidence_group": #""name""#]) }
    let report = try report(
      rows, likely: likely, declared: likely, variants: ["without-name": ["a": "1", "c": "2"]])
    for partition in ["without-name", "likely", "declared"] {
      #expect(value(report, "labels-on-name.\(partition)", "groups") == 1)
      #expect(value(report, "labels-on-name.\(partition)", "groups.of-several") == 0)
    }
    #expect(value(report, "operator-labels", "labels.never-reached") == 1)
  }

  @Test func `precision rests on groups that are labelled whole`() throws {
    let part = ["c", "d"].map { label($0, "y") }
    #expect(value(try report(part, likely: likely), "labels.likely", "pairwise.precision") == nil)
    let whole = ["c", "d"].map { label($0, "y", ["complete": "true"]) }
    let report = try report(whole, likely: likely)
    // One pair found, and two pairs with a stranger that count half.
    #expect(value(report, "labels.likely", "pairwise.precision") == 0.5)
    #expect(value(report, "labels.likely", "groups.pure") == 0)
  }

  @Test func `unusable, not scoreable, absent and old labels stand apart`() throws {
    let rows = [
      label("a", "x"), label("b", "unusable"), label("c", "not-scoreable"), label("z", "x"),
      label("d", "y", ["date": #""2019""#]),
    ]
    let report = try report(rows, likely: likely)
    #expect(value(report, "operator-labels", "labels.unusable") == 1)
    #expect(value(report, "operator-labels", "labels.not-scoreable") == 1)
    #expect(value(report, "operator-labels", "labels.not-in-the-dataset") == 1)
    #expect(value(report, "operator-labels", "labels.of-another-time") == 1)
    #expect(value(report, "operator-labels", "servers.judged") == 1)
  }

  @Test func `strangers that are joined are an error with their names`() throws {
    let rows = [
      label("a", "x", ["must_not_fire": "true"]), label("b", "y", ["must_not_fire": "true"]),
      label("c", "z", ["must_not_fire": "true"]),
    ]
    let report = try report(rows, likely: likely)
    #expect(report.failures.count == 1)
    #expect(report.failures[0].contains("a (a) and b (b) are joined"))
    #expect(value(report, "must-not-fire.operators", "pairs-joined") == 1)
    #expect(throws: StageError.self) { try report.tell(beside: nil, labels: "labels.jsonl") }
  }

  @Test func `a stranger's text in a label reaches the terminal escaped`() throws {
    let hostile = #""<img src=x>\u001b[31m\u202e""#
    let rows = [
      label("a", "x", ["must_not_fire": "true", "rationale": hostile]), label("b", "y"),
    ]
    let text = try report(rows, likely: likely).text()
    #expect(!text.unicodeScalars.contains("\u{1b}") && !text.unicodeScalars.contains("\u{202e}"))
  }
}
