internal import Artifact
internal import Records

/// `DATA-DICTIONARY.md`: every column of every table, from the schemas themselves.
enum DataDictionary {
  static func text(_ facts: PackageFacts) -> String {
    var out = """
      # Data dictionary

      \(facts.title), version \(facts.version). Made from the same declarations that the programs
      write and check the tables with.

      CSV: UTF-8, RFC 4180, header row (its names in quotes), line feed. An empty cell is unknown or does
      not apply: the column says which. Several values in one cell are separated by `;`. Texts from
      servers are escaped: backslash, control and formatting characters as `\\\\`, `\\uXXXX`,
      `\\UXXXXXXXX`; a leading `=`, `+`, `-` or `@`, and one behind a `;`, has a backslash before it, so
      that no spreadsheet runs it; `;` inside a list is `\\u003b`. A cell of more than
      \(NumberText.count(BoundedCell.limit)) characters (UTF-16 code units, as spreadsheets count) is cut and ends with
      `\\[cut to n of m characters: sha256 …]`, in a list with such an item of its own; it stands whole
      in `long_values`, by table, row and column, with the same digest. No text from a server can look
      like that mark. JSONL holds texts exactly. Rows are sorted by the key.

      """
    for table in facts.tables { out += "\n" + section(table) }
    out += features()
    out += "\n## Outcome codes\n\n| code | meaning |\n|---|---|\n"
    for outcome in Outcome.allCases {
      out += "| `\(outcome.rawValue)` | \(cell(outcome.summary)) |\n"
    }
    return out
  }

  /// How features are told over the series, and what it means that a server has none.
  private static func features() -> String {
    var out = """

      ## Features over the series

      `features` tells each from one epoch alone. `profiles` puts the epochs' known values together.

      | feature | in `profiles` | absent means |
      |---|---|---|

      """
    for definition in Feature.allCases.map(\.definition) {
      out += "| `\(definition.name)` | \(definition.fold.summary) | "
      out += "\(cell(definition.absent ?? "never absent")) |\n"
    }
    out += "\n## Reasons of unknown features\n\nAn outcome code, or:\n\n"
    out += "| reason | meaning |\n|---|---|\n"
    for reason in UnknownReason.documented {
      out += "| `\(reason.id)` | \(cell(reason.summary)) |\n"
    }
    return out
  }

  private static func section(_ table: PackagedTable) -> String {
    var out = "## \(table.name)\n\n\(table.schema.summary)\n\n"
    out += "`\(table.path)` · \(NumberText.count(table.content.rows, "row")) · made by "
    out +=
      "`\(table.stage)` · key: \(table.schema.key.map { "`\($0)`" }.joined(separator: ", "))\n\n"
    let keys = ForeignKey.all.filter { $0.table == table.name }
    for key in keys {
      out += "`\(key.fields.joined(separator: ", "))` refers to `\(key.referencedTable)` "
      out += "(`\(key.referencedFields.joined(separator: ", "))`).\n\n"
    }
    out +=
      "| column | type | pandas dtype | unit | meaning | empty means |\n|---|---|---|---|---|---|\n"
    for column in table.schema.columns {
      let dtype = TableSchema.pandasType(of: column.kind).map { "`\($0)`" } ?? ""
      out += "| `\(column.name)` | \(cell(type(of: column.kind))) | \(dtype) | "
      out +=
        "\(cell(column.unit ?? "")) | \(cell(column.summary)) | \(cell(column.empty ?? "")) |\n"
    }
    return out + FeatureColumns.text(of: table.schema)
  }

  private static func type(of kind: Column.Kind) -> String {
    switch kind {
    case .text: "text"
    case .word(let words):
      words == Outcome.words
        ? "outcome code" : "one of " + words.map { "`\($0)`" }.joined(separator: " ")
    case .integer: "integer"
    case .number(let digits): "number, \(digits) significant digits"
    case .boolean: "boolean"
    case .timestamp: "time, RFC 3339 UTC"
    case .texts: "texts"
    case .object: "object"
    case .objects: "objects"
    }
  }

  private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
