internal import Records

/// The rule book for people.
extension RuleBook {
  /// A table of every aspect, in Markdown.
  public static var article: String {
    var lines = [
      "# Rule book", "",
      "Every rule by which software is told apart, as the program has it.", "",
      "A release that neither shows a fact nor is left open is contradicted where the fact is",
      "observed. This article is written from the rules by a test.", "",
    ]
    for aspect in SoftwareRule.Aspect.allCases {
      lines += ["## \(aspect.rawValue.prefix(1).uppercased())\(aspect.rawValue.dropFirst())", ""]
      lines += ["| Rule | Looks at | Shown by | Left open | Because | Source |"]
      lines += ["|---|---|---|---|---|---|"]
      lines += rules.filter { $0.aspect == aspect }.map(\.row) + [""]
    }
    return lines.joined(separator: "\n")
  }
}

extension SoftwareRule {
  /// The rule as a row of the table.
  var row: String {
    let cells = [
      "`\(id)`", looks, spans(fits), spans(open),
      rationale + (weight == .closing ? " Counts with a second such rule only." : ""),
      source.text,
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }

  /// As published: what is seen only with whom, and of whom that is not known.
  public var statement: String {
    let tested = tests.map(\.text).joined(separator: " and ")
    let place: String =
      switch probes {
      case .any: "any reply"
      case .named(let ids): "replies to " + ids.map { "`\($0)`" }.joined(separator: ", ")
      case .family(let prefix): "replies to `\(prefix)…`"
      }
    let unknown = open.isEmpty ? "" : "; of \(spans(open)) it is not known"
    return "In \(place), \(tested) only with \(spans(fits))\(unknown)."
  }

  public var group: Aspect { aspect }

  private var looks: String {
    let tested = tests.map(\.text).joined(separator: " and ")
    switch probes {
    case .any: return "any reply: \(tested)"
    case .named(let ids):
      return ids.map { "`\($0)`" }.joined(separator: ", ") + ": \(tested)"
    case .family(let prefix): return "`\(prefix)…`: \(tested)"
    }
  }

  private func spans(_ spans: [ReleaseSpan]) -> String {
    spans.isEmpty ? "–" : spans.map(\.description).joined(separator: ", ")
  }
}

extension SoftwareRule.Test {
  /// The condition in words.
  fileprivate var text: String {
    let words: String =
      switch match {
      case .equals(let texts): "is " + Self.quoted(texts)
      case .begins(let texts) where texts == [""]: "is there"
      case .begins(let texts): "begins with " + Self.quoted(texts)
      case .ends(let text): "ends with " + Self.quoted([text])
      case .contains(let text): "has " + Self.quoted([text])
      case .absent: "is absent"
      }
    return "\(field.rawValue) \(words)"
  }

  private static func quoted(_ texts: [String]) -> String {
    texts.map { "`\($0.replacing("\n", with: "\\n"))`" }.joined(separator: " or ")
  }
}
