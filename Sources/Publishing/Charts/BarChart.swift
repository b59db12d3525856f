/// Horizontal bars, plain or stacked, each under its own label: readable at any width.
struct BarChart {
  let id: String
  let title: String
  let rows: [ChartRow]
  /// Bars drawn to one common scale, or each filled to its own whole.
  var isShareOfRow = false

  private static let pitch = 42.0
  private static let barHeight = 14.0

  var drawing: SVGDrawing {
    let greatest = rows.map(\.total).max() ?? 0
    let elements = rows.enumerated().map { index, row in
      element(row, top: Double(index) * Self.pitch, whole: isShareOfRow ? row.total : greatest)
    }
    return SVGDrawing(
      id: id, title: title, description: description,
      size: .fluid(height: Double(rows.count) * Self.pitch), elements: elements)
  }

  private var description: String {
    rows.map { row in
      let parts = row.segments.filter { $0.count > 0 && !$0.label.isEmpty }
        .map { "\($0.label) \(NumberText.count($0.count))" }
      let detail = parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
      return "\(row.label): \(NumberText.count(row.total))\(detail)"
    }.joined(separator: "; ")
  }

  private func element(_ row: ChartRow, top: Double, whole: Int) -> SVGElement {
    let barTop = top + 20
    var elements: [SVGElement] = [
      .text(row.label, x: 0, y: .pixels(top + 14), style: "label"),
      .text(
        row.value, x: .percent(100), y: .pixels(top + 14), anchor: .end,
        style: "value"),
      .rectangle(
        x: 0, y: .pixels(barTop), width: .percent(100), height: .pixels(Self.barHeight),
        style: "track"),
    ]
    var left = 0.0
    for segment in row.segments where segment.count > 0 {
      let width = Double(segment.count) * 100 / Double(max(whole, 1))
      let name = segment.label.isEmpty ? row.label : "\(row.label) – \(segment.label)"
      elements.append(
        SVGElement.rectangle(
          x: .percent(left), y: .pixels(barTop), width: .percent(width),
          height: .pixels(Self.barHeight), style: segment.tone.style
        ).titled("\(name): \(NumberText.count(segment.count))"))
      left += width
    }
    return .group(elements)
  }
}
