import Artifact
public import StageKit

/// A file of labels: one JSON object a line (`labels.v1`).
public struct LabelFile: Sendable {
  /// Labels that no other stands in place of, in the order of the file.
  public let inForce: [Label]
  public let superseded: Int

  /// Reads and checks the file; every mistake is told with its row.
  public init(path: String) throws(StageError) {
    let text = try InputFile.text(path, expected: "labels, one JSON object a line (labels.v1)")
    var rows: [(number: Int, label: Label)] = []
    var mistakes: [StageError] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    where !line.allSatisfy({ $0 == " " || $0 == "\t" || $0 == "\r" }) {
      do throws(StageError) {
        rows.append((index + 1, try Self.label(line, at: "\(path), row \(index + 1)")))
      } catch {
        mistakes += error.all
      }
    }
    mistakes += Self.contradictions(rows, path)
    guard mistakes.isEmpty else { throw StageError(joining: mistakes) }
    guard !rows.isEmpty else {
      throw StageError(
        .badInput, place: path, expected: "at least one label", found: "none",
        remedy: Self.remedy)
    }
    inForce = rows.map(\.label).filter { $0.supersededBy == nil }
    superseded = rows.count - inForce.count
  }

  private static let remedy = "correct the row; the article Labels says what each field means"

  private static func label(_ line: Substring, at place: String) throws(StageError) -> Label {
    let json: JSONValue
    do throws(JSONError) {
      json = try JSONValue(parsing: Array(line.utf8))
    } catch {
      throw StageError(
        .badInput, place: place, expected: error.expected, found: error.found, remedy: remedy)
    }
    do throws(ObjectMistakes) {
      return try ObjectReader.read(json).value
    } catch {
      throw StageError(error, .badInput, place: place) { _ in remedy }
    }
  }

  /// What rows say against each other.
  private static func contradictions(
    _ rows: [(number: Int, label: Label)], _ path: String
  ) -> [StageError] {
    var rowOf: [String: Int] = [:]
    var unitOf: [String: Int] = [:]
    var completeOf: [String: (row: Int, complete: Bool)] = [:]
    var mistakes: [StageError] = []
    func mistake(_ row: Int, _ key: String, _ expected: String, _ found: String) {
      mistakes.append(
        StageError(
          .badInput, place: "\(path), row \(row), key \(key)", expected: expected,
          found: EscapedText.escape(found), remedy: remedy))
    }
    for (row, label) in rows {
      if let other = rowOf[label.id] { mistake(row, "id", "a new id", "that of row \(other)") }
      rowOf[label.id] = row
    }
    let next = Dictionary(
      rows.map { ($0.label.id, $0.label.supersededBy) }, uniquingKeysWith: { first, _ in first })
    for (row, label) in rows {
      if let successor = label.supersededBy {
        if rowOf[successor] == nil {
          mistake(row, "superseded_by", "the id of a label of the file", successor)
        } else if isCircle(from: label.id, next) {
          mistake(row, "superseded_by", "a label that still stands in the end", "a circle")
        }
        continue
      }
      let unit = "\(label.kind.rawValue) \(label.unit.lowercased())"
      if let other = unitOf[unit] {
        mistake(row, "unit", "a unit without another label in force", "that of row \(other)")
      }
      unitOf[unit] = row
      guard label.kind == .operator, label.isScoreable else { continue }
      if let other = completeOf[label.label], other.complete != label.complete {
        mistake(
          row, "complete", "what row \(other.row) says of the group \(label.label)",
          "\(label.complete)")
      }
      completeOf[label.label] = (row, label.complete)
    }
    return mistakes
  }

  private static func isCircle(from id: String, _ next: [String: String?]) -> Bool {
    var seen: Set<String> = []
    var current = id
    while let successor = next[current] ?? nil {
      if !seen.insert(current).inserted { return true }
      current = successor
    }
    return false
  }
}
