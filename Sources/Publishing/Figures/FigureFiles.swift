internal import Artifact

/// What stands beside a figure: its numbers as CSV, its specification in Vega-Lite, and the line that
/// cites it.
enum FigureFiles {
  /// - Parameter ending: with its dot.
  static func path(_ id: String, _ ending: String) -> String { "figures/\(id)\(ending)" }

  static func citation(of title: String, _ package: PackageFacts) -> String {
    "Figure “\(title)”, in: " + CitationFile.line(package)
  }

  /// Writes both files of a figure.
  static func add(
    _ figure: Figure, to documents: PackageDocuments
  ) throws(ArtifactError) {
    let drawing = figure.chart.drawing
    try documents.add(path(drawing.id, ".csv"), figure.chart.data.csv)
    let specification = figure.chart.grammar.specification(
      title: drawing.title, description: figure.caption, file: drawing.id + ".csv")
    try documents.add(path(drawing.id, ".vl.json"), specification.prettyText)
  }
}
