/// Values between 0 and 1 with their bands.
struct IntervalChart {
  struct Row {
    let label: String
    let value: Double
    let low: Double?
    let high: Double?
    /// A wider band of another kind, drawn as a thin line; nil: none.
    var outer: (low: Double, high: Double)?
  }

  let id: String
  let title: String
  let rows: [Row]

  private static let pitch = 44.0
  private static let axisHeight = 22.0

  var drawing: SVGDrawing {
    let plot = Double(rows.count) * Self.pitch
    var elements: [SVGElement] = []
    for (index, row) in rows.enumerated() {
      elements.append(element(row, top: Double(index) * Self.pitch))
    }
    for tick in AxisTicks(upTo: 1, isCount: false).values {
      let anchor: SVGElement.Anchor = tick == 0 ? .start : tick == 1 ? .end : .middle
      elements.append(
        .text(
          NumberText.decimal(tick), x: .percent(tick * 100), y: .pixels(plot + 16),
          anchor: anchor, style: "muted"))
    }
    return SVGDrawing(
      id: id, title: title, description: rows.map(describe).joined(separator: "; "),
      size: .fluid(height: plot + Self.axisHeight), elements: elements)
  }

  private func describe(_ row: Row) -> String {
    guard let low = row.low, let high = row.high else {
      return "\(row.label): \(NumberText.value(row.value))"
    }
    let band = "\(NumberText.value(low)) to \(NumberText.value(high))"
    return "\(row.label): \(NumberText.value(row.value)), interval \(band)"
  }

  private func element(_ row: Row, top: Double) -> SVGElement {
    let y = SVGLength.pixels(top + 28)
    var elements: [SVGElement] = [
      .text(row.label, x: 0, y: .pixels(top + 14), style: "label"),
      .text(
        NumberText.value(row.value), x: .percent(100), y: .pixels(top + 14), anchor: .end,
        style: "value"),
      .line(x1: 0, y1: y, x2: .percent(100), y2: y, style: "grid"),
    ]
    if let outer = row.outer {
      elements.append(
        SVGElement.line(
          x1: .percent(bounded(outer.low) * 100), y1: y, x2: .percent(bounded(outer.high) * 100),
          y2: y, style: "whisker"
        ).titled("\(row.label): \(NumberText.range(outer.low, outer.high))"))
    }
    if let low = row.low, let high = row.high {
      elements.append(
        .line(
          x1: .percent(bounded(low) * 100), y1: y, x2: .percent(bounded(high) * 100), y2: y,
          style: "range"))
    }
    elements.append(
      SVGElement.circle(x: .percent(bounded(row.value) * 100), y: y, radius: 6, style: "dot")
        .titled(describe(row)))
    return .group(elements)
  }

  private func bounded(_ value: Double) -> Double { min(max(value, 0), 1) }
}
