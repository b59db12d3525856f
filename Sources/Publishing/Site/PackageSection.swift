internal import Artifact

/// The tables of the package, how to load and how to cite them, as the template sees them.
struct PackageSection {
  struct Row {
    let tablePath: String
    let tableSummary: String
    let tableRows: String
    let tableSize: String
    let tableDigest: String
  }

  let tables: [Row]
  let loadingLine: String
  let citationLine: String
  let repositoryLink: [String]

  init(_ package: PackageFacts) {
    tables = package.tables.map { table in
      Row(
        tablePath: table.path, tableSummary: table.schema.summary,
        tableRows: NumberText.count(table.content.rows),
        tableSize: NumberText.bytes(table.content.fileBytes),
        tableDigest: String(table.content.contentSHA256.prefix(12)))
    }
    let servers = package.tables.first { $0.name == "servers" } ?? package.tables.first
    loadingLine = servers.map { ReadingCode.pandasLine($0) } ?? ""
    citationLine = CitationFile.line(package)
    repositoryLink =
      package.parameters.repository.isEmpty ? [] : [package.parameters.repository]
  }
}
