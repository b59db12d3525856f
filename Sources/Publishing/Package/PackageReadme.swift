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
      parameters: provenance.json. Machine-readable: datapackage.json (Data Package v2).

      ## Cite

      \(CitationFile.line(facts))

      Licence of the data: \(PackageFacts.licenseName), see LICENSE-DATA.

      """
  }
}
