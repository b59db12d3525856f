internal import Artifact

/// `README.md` of the package: what it is and the line that loads it.
enum PackageReadme {
  static func text(_ facts: PackageFacts) -> String {
    var out = """
      # \(facts.title)

      \(facts.description)

      Version \(facts.version). Open `index.html` for the report; it needs no network.

      ## Load

      \(loading(facts))
      ## Check

      ```sh
      sha256sum -c SHA256SUMS
      ```

      ## Tables


      """
    out += "| file | rows | size | what a row is |\n|---|---:|---:|---|\n"
    for table in facts.tables {
      out += "| `\(table.path)` | \(NumberText.count(table.content.rows)) | "
      out += "\(NumberText.bytes(table.content.fileBytes)) | \(table.schema.summary) |\n"
    }
    return out + """

      Columns: DATA-DICTIONARY.md. Limits and conduct: DATASHEET.md. From which evidence, with which
      parameters: provenance.json, and as in-toto statements provenance.intoto.jsonl. For programs:
      datapackage.json (Data Package v2), croissant.json (Croissant 1.1), ro-crate-metadata.json
      (RO-Crate 1.1), datacite.json (DataCite 4.5), .zenodo.json. Beside each figure of the report stand
      its numbers (figures/*.csv) and its Vega-Lite specification.

      ## Cite

      \(CitationFile.line(facts))

      Licence of the data: \(PackageFacts.licenseName), see LICENSE-DATA.

      """
  }

  private static func loading(_ facts: PackageFacts) -> String {
    guard let table = facts.tables.first(where: { $0.name == "servers" }) ?? facts.tables.first
    else { return "There is no table in this package.\n\n" }
    return """
      ```python
      \(pandasLine(table))
      ```

      The dtypes keep whole numbers whole where cells are empty (pandas would make them floats); the
      data dictionary has the dtype of every column. Lists in a cell: `.str.split(";")`.

      JSONL: `pd.read_json("data/links.jsonl.gz", lines=True)`.


      """
  }

  /// One line of Python that loads a CSV table with its own dtypes.
  static func pandasLine(_ table: PackagedTable) -> String {
    let types = table.schema.columns.compactMap { column -> String? in
      switch column.kind {
      case .integer, .boolean:
        TableSchema.pandasType(of: column.kind).map { "\"\(column.name)\": \"\($0)\"" }
      default: nil
      }
    }
    let path = "\"\(table.path)\""
    if table.schema.encoding == .jsonl { return "pd.read_json(\(path), lines=True)" }
    return "import pandas as pd\n"
      + "\(table.name) = pd.read_csv(\(path), keep_default_na=False, na_values=[\"\"], "
      + "dtype={\(types.joined(separator: ", "))})"
  }
}
