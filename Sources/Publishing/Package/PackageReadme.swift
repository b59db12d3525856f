internal import Artifact

/// `README.md` of the package: what it is and the code that loads it.
enum PackageReadme {
  static func text(_ facts: PackageFacts) -> String {
    var out = """
      # \(facts.title)

      \(facts.description)

      Version \(facts.version). Open `index.html` for the report; it needs no network.

      ## Load

      \(ReadingCode.text(facts))
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
}
