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
  /// The greatest y that charts of one scale draw.
  let ceiling: Double

  /// Units of the picture; small ones are drawn beside each other.
  var width = 520.0

  private static let height = 280.0
  private static let margin = (left: 46.0, right: 16.0, top: 30.0, bottom: 44.0)

  private var across: AxisTicks {
    AxisTicks(
      upTo: curves.flatMap { $0.points.map(\.x) }.max() ?? 1, steps: width < 400 ? 3 : 5,
      isCount: true)
  }

  private var upwards: AxisTicks { AxisTicks(upTo: ceiling, isCount: false) }

  private func place(_ point: (x: Double, y: Double)) -> (x: Double, y: Double) {
    let wide = width - Self.margin.left - Self.margin.right
    let high = Self.height - Self.margin.top - Self.margin.bottom
    return (
      Self.margin.left + point.x / across.greatest * wide,
      Self.margin.top + high - min(max(point.y / upwards.greatest, 0), 1) * high
    )
  }
}

extension StepChart: Chart {
  var drawing: SVGDrawing {
    SVGDrawing(
      id: id, title: title, description: description,
      size: .picture(width: width, height: Self.height),
      elements: axes + curves.enumerated().flatMap { draw($1, $0) })
  }

  private var axes: [SVGElement] {
    var elements: [SVGElement] = [.text(vertical, x: 0, y: 14, style: "muted")]
    for value in upwards.values {
      let y = place((0, value)).y
      elements += [
        .line(
          x1: .pixels(Self.margin.left), y1: .pixels(y),
          x2: .pixels(width - Self.margin.right), y2: .pixels(y),
          style: value == 0 ? "axis" : "grid"),
        .text(
          AxisTicks.text(value), x: .pixels(Self.margin.left - 8), y: .pixels(y + 4), anchor: .end,
          style: "muted"),
      ]
    }
    elements += across.values.map { value in
      .text(
        AxisTicks.text(value), x: .pixels(place((value, 0)).x), y: .pixels(Self.height - 25),
        anchor: .middle, style: "muted")
    }
    return elements + [
      .text(
        horizontal, x: .pixels((Self.margin.left + width - Self.margin.right) / 2),
        y: .pixels(Self.height - 6), anchor: .middle, style: "muted")
    ]
  }

  private func draw(_ curve: Curve, _ index: Int) -> [SVGElement] {
    let points = curve.points.map(place)
    return [
      SVGElement.group(
        [.path([points], closed: false, style: CurveStyle.line(index))]
          + points.map { CurveStyle.mark(index, x: $0.x, y: $0.y) }
      ).titled(describe(curve))
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
