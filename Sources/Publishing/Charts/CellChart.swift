internal import Artifact

/// A matrix of cells: each pair of row and column has one of a few states, told by tone and legend.
struct CellChart {
  struct Line {
    let label: String
    /// One word a column; nil: nothing is known of the pair.
    let words: [String?]
    /// True where a gap stands before it: another group begins.
    var beginsGroup = false
  }

  let id: String
  let title: String
  let columns: [String]
  let lines: [Line]
  /// The tone of each word.
  let tones: [(word: String, tone: String)]

  private static let width = 1080.0
  private static let labelWidth = 250.0
  private static let gap = 8.0

  private var cellHeight: Double { lines.count > 80 ? 6 : lines.count > 30 ? 12 : 18 }
  private var hasLabels: Bool { cellHeight >= 12 }
}

extension CellChart: Chart {
  var drawing: SVGDrawing {
    let left = hasLabels ? Self.labelWidth : 0
    let cell = (Self.width - left) / Double(max(columns.count, 1))
    var top = 0.0
    var elements: [SVGElement] = []
    for (index, line) in lines.enumerated() {
      if index > 0, line.beginsGroup { top += Self.gap }
      if hasLabels {
        elements.append(
          .text(
            line.label, x: .pixels(left - 8), y: .pixels(top + cellHeight - 3), anchor: .end,
            style: "cell-label"))
      }
      elements += cells(line, top: top, left: left, width: cell)
      top += cellHeight
    }
    return SVGDrawing(
      id: id, title: title, description: description,
      size: .picture(width: Self.width, height: max(top, 1)), elements: elements)
  }

  private func cells(
    _ line: Line, top: Double, left: Double, width: Double
  ) -> [SVGElement] {
    zip(columns, line.words).enumerated().compactMap { index, pair in
      guard let word = pair.1 else { return nil }
      let tone = tones.first { $0.word == word }?.tone ?? "tone-untested"
      return SVGElement.rectangle(
        x: .pixels(left + Double(index) * width), y: .pixels(top),
        width: .pixels(max(width - (width > 6 ? 1 : 0), 0.2)), height: .pixels(cellHeight - 1),
        style: "cell " + tone
      ).titled("\(line.label), \(pair.0): \(word)")
    }
  }

  private var description: String {
    let counts = Tally(lines.flatMap { $0.words.compactMap(\.self) })
    return
      "\(NumberText.count(lines.count, "row")) by \(NumberText.count(columns.count, "column")): "
      + counts.descending.map { "\($0.word) \(NumberText.count($0.count))" }
      .joined(separator: ", ")
  }

  var data: ChartData {
    ChartData(
      columns: ["row", "column", "word", "order"],
      rows: lines.enumerated().flatMap { index, line in
        zip(columns, line.words).compactMap { column, word in
          word.map { [.text(line.label), .text(column), .text($0), .integer(index)] }
        }
      })
  }

  var grammar: ChartGrammar {
    ChartGrammar(layers: [
      .init(
        "rect",
        [
          ("y", ChartGrammar.column("order", "ordinal", title, [])),
          ("x", ChartGrammar.words("column")), ("color", ChartGrammar.words("word")),
        ])
    ])
  }
}
