/// What draws numbers: the drawing, the numbers that it draws, and how another program draws them.
protocol Chart {
  var drawing: SVGDrawing { get }
  /// The numbers, one row a mark in the order of drawing.
  var data: ChartData { get }
  /// The same chart in Vega-Lite's grammar, on the columns of `data`.
  var grammar: ChartGrammar { get }
}

/// Numbers behind a chart as a table.
struct ChartData {
  enum Value {
    case text(String)
    case integer(Int)
    case number(Double)
    /// An empty cell.
    case missing

    init(_ number: Double?) { self = number.map { .number($0) } ?? .missing }
  }

  let columns: [String]
  let rows: [[Value]]
}
