internal import Artifact

/// Curves over a common axis that change in steps, or go straight from point to point.
struct StepChart {
  struct Curve {
    let label: String
    let points: [(x: Double, y: Double)]
  }

  let id: String
  let title: String
  let horizontal: String
  let vertical: String
  let curves: [Curve]
  /// The greatest y of the axis.
  let ceiling: Double

  private static let width = 520.0
  private static let height = 260.0
  private static let margin = (left: 44.0, right: 12.0, top: 12.0, bottom: 42.0)

  private var most: Double { max(curves.flatMap { $0.points.map(\.x) }.max() ?? 1, 1e-9) }

  private func place(_ point: (x: Double, y: Double)) -> (x: Double, y: Double) {
    let wide = Self.width - Self.margin.left - Self.margin.right
    let high = Self.height - Self.margin.top - Self.margin.bottom
    return (
      Self.margin.left + point.x / most * wide,
      Self.margin.top + high - min(max(point.y / ceiling, 0), 1) * high
    )
  }
}

extension StepChart: Chart {
  var drawing: SVGDrawing {
    var elements: [SVGElement] = []
    for share in [0.0, 0.25, 0.5, 0.75, 1] {
      let y = place((0, share * ceiling)).y
      elements.append(
        .line(
          x1: .pixels(Self.margin.left), y1: .pixels(y), x2: .pixels(Self.width - 12),
          y2: .pixels(y), style: "grid"))
      elements.append(
        .text(
          NumberText.value(share * ceiling), x: .pixels(Self.margin.left - 6), y: .pixels(y + 4),
          anchor: .end, style: "muted"))
      elements.append(
        .text(
          NumberText.value(share * most), x: .pixels(place((share * most, 0)).x),
          y: .pixels(Self.height - 24), anchor: share == 1 ? .end : .middle, style: "muted"))
    }
    elements.append(
      .text(
        horizontal, x: .pixels(Self.width / 2), y: .pixels(Self.height - 6), anchor: .middle,
        style: "muted"))
    for (index, curve) in curves.enumerated() { elements += draw(curve, index) }
    return SVGDrawing(
      id: id, title: title, description: description,
      size: .picture(width: Self.width, height: Self.height), elements: elements)
  }

  /// The style of the curve at a place in the list: lines differ in dashes, too.
  static func style(_ index: Int) -> String { "curve curve-\(index % 4)" }

  private func draw(_ curve: Curve, _ index: Int) -> [SVGElement] {
    [
      SVGElement.path([curve.points.map(place)], closed: false, style: Self.style(index))
        .titled(describe(curve))
    ]
  }

  private func describe(_ curve: Curve) -> String {
    guard let last = curve.points.last else { return curve.label }
    return
      "\(curve.label): \(NumberText.value(last.y)) at \(NumberText.value(last.x)) \(horizontal)"
  }

  private var description: String {
    "\(vertical) by \(horizontal). " + curves.map(describe).joined(separator: "; ")
  }

  var data: ChartData {
    ChartData(
      columns: ["curve", "x", "y"],
      rows: curves.flatMap { curve in
        curve.points.map { [.text(curve.label), .number($0.x), .number($0.y)] }
      })
  }

  var grammar: ChartGrammar {
    ChartGrammar(layers: [
      .init(
        "line",
        [
          ("x", ChartGrammar.quantity("x", title: horizontal)),
          ("y", ChartGrammar.quantity("y", title: vertical)),
          ("color", ChartGrammar.words("curve")), ("strokeDash", ChartGrammar.words("curve")),
        ])
    ])
  }
}
