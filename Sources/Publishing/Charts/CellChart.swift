internal import Artifact

/// A matrix of cells: each pair of row and column has one of a few states, told by tone, by shape and
/// by legend. Lines of one group stand in a box.
struct CellChart {
  struct Line {
    let label: String
    /// One word a column; nil: nothing is known of the pair.
    let words: [String?]
    /// Lines of one group follow each other; nil: of none.
    var group: String?
  }

  /// How the cells of one word look.
  struct Look {
    let word: String
    let tone: String
    var shape = Shape.full
  }

  /// What part of its cell a mark fills: states can be told apart without colour.
  enum Shape: String {
    case full
    /// The lower third.
    case low
    /// A bar in the middle.
    case narrow
    /// A square in the middle.
    case small
  }

  let id: String
  let title: String
  let columns: [String]
  let lines: [Line]
  let looks: [Look]
  /// True where every column has its name above it; else the first and the last have.
  var namesColumns = false
  var events = EventTrack.none

  private static let width = 1080.0
  private static let labelWidth = 250.0
  private static let gap = 10.0

  private var cellHeight: Double { lines.count > 80 ? 7 : lines.count > 40 ? 14 : 18 }
  private var hasLabels: Bool { cellHeight >= 12 }
  private var left: Double { hasLabels ? Self.labelWidth : 4 }
  private var cellWidth: Double { (Self.width - left - 4) / Double(max(columns.count, 1)) }

  /// Height of the names of the columns.
  private var headHeight: Double {
    guard namesColumns else { return 22 }
    let longest = columns.map { $0.unicodeScalars.count }.max() ?? 0
    return min(Double(longest), 26) * 6 + 14
  }
}

extension CellChart: Chart {
  var drawing: SVGDrawing {
    var top = headHeight
    var elements = namesColumns ? names : ends
    var box: (group: String, top: Double)?
    func close() {
      guard let open = box else { return }
      box = nil
      elements.append(
        SVGElement.rectangle(
          x: .pixels(1), y: .pixels(open.top - 4), width: .pixels(Self.width - 2),
          height: .pixels(top - open.top + 7), corner: 4, style: "box"
        ).titled("group \(open.group)"))
    }
    for (index, line) in lines.enumerated() {
      if box?.group != line.group || index == 0 {
        close()
        if index > 0, line.group != nil || lines[index - 1].group != nil { top += Self.gap }
        box = line.group.map { ($0, top) }
      }
      if hasLabels {
        elements.append(
          .text(
            line.label, x: .pixels(left - 10), y: .pixels(top + cellHeight / 2 + 3.5), anchor: .end,
            style: "cell-label"))
      }
      elements += cells(line, top: top)
      top += cellHeight
    }
    close()
    elements += events.elements(
      top: top + 8, span: (.pixels(left), .pixels(Self.width - 4))
    ) { .pixels(left + (Double($0) + 0.5) * cellWidth) }
    return SVGDrawing(
      id: id, title: title, description: description,
      size: .sheet(
        width: Self.width, height: top + 6 + (events.isEmpty ? 0 : 8 + events.height)),
      elements: elements)
  }

  /// Names that stand upright above their columns.
  private var names: [SVGElement] {
    // Where columns are narrow, only every second or third name has room.
    let step = max(1, Int((13 / cellWidth).rounded(.up)))
    return columns.enumerated().filter { $0.offset % step == 0 }.map { index, name in
      .text(
        VisibleText.show(name, limit: 26), x: .pixels(left + (Double(index) + 0.5) * cellWidth + 4),
        y: .pixels(headHeight - 8), style: "cell-label", isUpright: true)
    }
  }

  private var ends: [SVGElement] {
    guard let first = columns.first, let last = columns.last else { return [] }
    let opening = SVGElement.text(first, x: .pixels(left), y: 12, style: "cell-label")
    if columns.count == 1 { return [opening] }
    return [
      opening, .text(last, x: .pixels(Self.width - 4), y: 12, anchor: .end, style: "cell-label"),
    ]
  }

  /// Cells of one word beside each other, as drawn: one by one, or where there are very many as one mark.
  private var joinsCells: Bool { lines.count * columns.count > Self.mostCells }
  private static let mostCells = 6_000

  /// Places of the columns that one mark stands for, with their word.
  static func runs(_ words: [String?]) -> [(columns: Range<Int>, word: String)] {
    var runs: [(columns: Range<Int>, word: String)] = []
    for (index, word) in words.enumerated() {
      guard let word else { continue }
      if let last = runs.last, last.word == word, last.columns.upperBound == index {
        runs[runs.count - 1].columns = last.columns.lowerBound..<index + 1
      } else {
        runs.append((index..<index + 1, word))
      }
    }
    return runs
  }

  private func marks(_ words: [String?]) -> [(columns: Range<Int>, word: String)] {
    if joinsCells { return Self.runs(words) }
    return words.enumerated().compactMap { index, word in word.map { (index..<index + 1, $0) } }
  }

  private func cells(_ line: Line, top: Double) -> [SVGElement] {
    let high = cellHeight - 1
    return marks(line.words).map { places, word in
      let wide = max(cellWidth * Double(places.count) - (cellWidth > 6 ? 1 : 0), 0.2)
      let look = looks.first { $0.word == word }
      let x = left + Double(places.lowerBound) * cellWidth
      let when =
        places.count == 1
        ? columns[places.lowerBound]
        : "\(columns[places.lowerBound]) to \(columns[places.upperBound - 1])"
      let part: (x: Double, y: Double, width: Double, height: Double) =
        switch look?.shape ?? .full {
        case .full: (x, top, wide, high)
        case .low: (x, top + high * 0.64, wide, high * 0.36)
        case .narrow: (x, top + high * 0.32, wide, high * 0.36)
        case .small:
          (x + wide / 2 - min(wide, high) / 4, top + high / 4, min(wide, high) / 2, high / 2)
        }
      return SVGElement.rectangle(
        x: .pixels(part.x), y: .pixels(part.y), width: .pixels(part.width),
        height: .pixels(part.height), style: "cell " + (look?.tone ?? "tone-untested")
      ).titled("\(line.label), \(when): \(word)")
    }
  }

  private var description: String {
    let counts = Tally(lines.flatMap { $0.words.compactMap(\.self) })
    return
      "\(NumberText.count(lines.count, "row")) by \(NumberText.count(columns.count, "column")): "
      + counts.descending.map { "\($0.word) \(NumberText.count($0.count))" }
      .joined(separator: ", ") + events.description
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
