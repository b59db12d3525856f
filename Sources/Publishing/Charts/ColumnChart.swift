/// Stacked columns in order, for a series of scans.
struct ColumnChart {
  let id: String
  let title: String
  let columns: [ChartRow]

  private static let plotHeight = 150.0

  var drawing: SVGDrawing {
    let greatest = max(columns.map(\.total).max() ?? 0, 1)
    let step = 100 / Double(max(columns.count, 1))
    var elements: [SVGElement] = [
      .text(NumberText.count(greatest), x: 0, y: 11, style: "muted"),
      .line(x1: 0, y1: 16, x2: .percent(100), y2: 16, style: "grid"),
    ]
    for (index, column) in columns.enumerated() {
      elements.append(element(column, left: Double(index) * step, step: step, greatest: greatest))
    }
    elements.append(
      .line(
        x1: 0, y1: .pixels(16 + Self.plotHeight), x2: .percent(100),
        y2: .pixels(16 + Self.plotHeight), style: "axis"))
    elements += ends
    return SVGDrawing(
      id: id, title: title, description: description,
      size: .fluid(height: 16 + Self.plotHeight + 22), elements: elements)
  }

  private var ends: [SVGElement] {
    guard let first = columns.first, let last = columns.last else { return [] }
    let y = SVGLength.pixels(16 + Self.plotHeight + 16)
    if columns.count == 1 { return [.text(first.label, x: 0, y: y, style: "muted")] }
    return [
      .text(first.label, x: 0, y: y, style: "muted"),
      .text(last.label, x: .percent(100), y: y, anchor: .end, style: "muted"),
    ]
  }

  private var description: String {
    columns.map { column in
      let parts = column.segments.map { "\($0.label) \(NumberText.count($0.count))" }
      return "\(column.label): \(parts.joined(separator: ", "))"
    }.joined(separator: "; ")
  }

  private func element(
    _ column: ChartRow, left: Double, step: Double, greatest: Int
  ) -> SVGElement {
    var bottom = 16 + Self.plotHeight
    var parts: [SVGElement] = []
    for segment in column.segments where segment.count > 0 {
      let height = Double(segment.count) * Self.plotHeight / Double(greatest)
      bottom -= height
      parts.append(
        SVGElement.rectangle(
          x: .percent(left + step * 0.1), y: .pixels(bottom), width: .percent(step * 0.8),
          height: .pixels(height), style: segment.tone.style
        ).titled("\(column.label) – \(segment.label): \(NumberText.count(segment.count))"))
    }
    return .group(parts)
  }
}
