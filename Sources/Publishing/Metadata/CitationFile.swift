internal import Artifact

/// `CITATION.cff` (Citation File Format 1.2.0).
enum CitationFile {
  static func text(_ facts: PackageFacts) -> String {
    var lines = [
      "cff-version: 1.2.0",
      "message: \(quoted("If you use these data, please cite them as below."))",
      "type: dataset", "title: \(quoted(facts.title))",
      "abstract: \(quoted(facts.description))", "version: \(quoted(facts.version))",
    ]
    if let date = facts.created.map({ String($0.prefix(10)) }) {
      lines.append("date-released: \(quoted(date))")
    }
    lines.append("license: \(PackageFacts.licenseName)")
    if !facts.parameters.repository.isEmpty {
      lines.append("repository-code: \(quoted(facts.parameters.repository))")
    }
    lines.append("authors:")
    lines += facts.parameters.authors.map { "  - name: \(quoted($0))" }
    if !facts.parameters.keywords.isEmpty {
      lines.append("keywords:")
      lines += facts.parameters.keywords.map { "  - \(quoted($0))" }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A JSON string is a YAML double-quoted scalar.
  private static func quoted(_ text: String) -> String { JSONValue.string(text).canonicalText }

  /// One line to copy.
  static func line(_ facts: PackageFacts) -> String {
    let year = facts.created.map { " (\($0.prefix(4)))" } ?? ""
    return "\(facts.parameters.authors.joined(separator: ", "))\(year). \(facts.title), version "
      + "\(facts.version) [data set]. \(facts.parameters.publisher). \(PackageFacts.licenseName)."
  }
}
