/// Stacked columns in order, for a series of scans, with what happened drawn under them.
struct ColumnChart {
  let id: String
  let title: String
  let columns: [ChartRow]
  var events = EventTrack.none

  private static let plotHeight = 150.0
  private static let top = 10.0
  /// Where the columns begin, in percent of the width: the axis stands left of it.
  private static let left = 9.0

  private var ticks: AxisTicks {
    AxisTicks(upTo: Double(columns.map(\.total).max() ?? 0), steps: 4, isCount: true)
  }

  private var step: Double { (100 - Self.left) / Double(max(columns.count, 1)) }

  var drawing: SVGDrawing {
    let ticks = ticks
    let bottom = Self.top + Self.plotHeight
    func height(_ value: Double) -> Double { value * Self.plotHeight / ticks.greatest }
    var elements = ticks.values.flatMap { value -> [SVGElement] in
      let y = bottom - height(value)
      return [
        .text(AxisTicks.text(value), x: 0, y: .pixels(y + 4), style: "muted"),
        .line(
          x1: .percent(Self.left), y1: .pixels(y), x2: .percent(100), y2: .pixels(y),
          style: value == 0 ? "axis" : "grid"),
      ]
    }
    for (index, column) in columns.enumerated() {
      elements.append(element(column, left: Self.left + Double(index) * step, height: height))
    }
    elements += ends
    elements += events.elements(
      top: bottom + 30, span: (.percent(Self.left), .percent(100))
    ) { .percent(Self.left + (Double($0) + 0.5) * step) }
    return SVGDrawing(
      id: id, title: title, description: description,
      size: .fluid(height: bottom + 24 + events.height), elements: elements)
  }

  private var ends: [SVGElement] {
    guard let first = columns.first, let last = columns.last else { return [] }
    let y = SVGLength.pixels(Self.top + Self.plotHeight + 18)
    let opening = SVGElement.text(first.label, x: .percent(Self.left), y: y, style: "muted")
    if columns.count == 1 { return [opening] }
    return [opening, .text(last.label, x: .percent(100), y: y, anchor: .end, style: "muted")]
  }

  private var description: String {
    columns.map { column in
      let parts = column.segments.map { "\($0.label) \(NumberText.count($0.count))" }
      return "\(column.label): \(parts.joined(separator: ", "))"
    }.joined(separator: "; ") + events.description
  }

  private func element(
    _ column: ChartRow, left: Double, height: (Double) -> Double
  ) -> SVGElement {
    var bottom = Self.top + Self.plotHeight
    var parts: [SVGElement] = []
    for segment in column.segments where segment.count > 0 {
      let high = height(Double(segment.count))
      bottom -= high
      parts.append(
        SVGElement.rectangle(
          x: .percent(left + step * 0.1), y: .pixels(bottom), width: .percent(step * 0.8),
          height: .pixels(high), style: segment.tone.style
        ).titled("\(column.label) – \(segment.label): \(NumberText.count(segment.count))"))
    }
    return .group(parts)
  }
}
