import Ordering

/// From–to ranges over ordered words (versions), with a count each.
struct RangeChart {
  struct Row {
    let low: String
    let high: String
    let count: Int
  }

  let id: String
  let title: String
  /// All words that occur, in order.
  let scale: [String]
  let rows: [Row]

  private static let pitch = 44.0

  var drawing: SVGDrawing {
    SVGDrawing(
      id: id, title: title,
      description: rows.map { "\($0.low) to \($0.high): \(NumberText.count($0.count))" }
        .joined(separator: "; "),
      size: .fluid(height: Double(rows.count) * Self.pitch),
      elements: rows.enumerated().map { index, row in
        element(row, top: Double(index) * Self.pitch)
      })
  }

  private func position(_ word: String) -> SVGLength {
    let index = scale.firstIndex { $0.utf8.elementsEqual(word.utf8) } ?? 0
    return .percent(2 + Double(index) * 96 / Double(max(scale.count - 1, 1)))
  }

  private func element(_ row: Row, top: Double) -> SVGElement {
    let label = row.low == row.high ? row.low : "\(row.low) – \(row.high)"
    let y = SVGLength.pixels(top + 28)
    var elements: [SVGElement] = [
      .text(label, x: 0, y: .pixels(top + 14), style: "label"),
      .text(
        NumberText.count(row.count), x: .percent(100), y: .pixels(top + 14), anchor: .end,
        style: "value"),
      .line(x1: .percent(2), y1: y, x2: .percent(98), y2: y, style: "grid"),
    ]
    for word in scale {
      elements.append(
        SVGElement.circle(x: position(word), y: y, radius: 2.5, style: "tick").titled(word))
    }
    elements.append(
      .line(x1: position(row.low), y1: y, x2: position(row.high), y2: y, style: "range"))
    for word in Set([row.low, row.high]).sorted() {
      elements.append(
        SVGElement.circle(x: position(word), y: y, radius: 6, style: "dot")
          .titled("\(label): \(NumberText.count(row.count))"))
    }
    return .group(elements)
  }
}
