/// How curves of one drawing differ: in colour, in dashes and in the shape of their marks.
enum CurveStyle {
  static let count = 5

  /// Classes of the curve at a place in the list.
  static func line(_ index: Int) -> String { "curve curve-\(index % count)" }

  /// The mark of a point of the curve.
  static func mark(_ index: Int, x: Double, y: Double) -> SVGElement {
    let style = "curve-mark curve-mark-\(index % count)"
    let size = 4.5
    let shape: [(x: Double, y: Double)]
    switch index % count {
    case 1:
      shape = [
        (x - size, y - size), (x + size, y - size), (x + size, y + size), (x - size, y + size),
      ]
    case 2: shape = [(x, y - size - 1), (x + size + 1, y + size), (x - size - 1, y + size)]
    case 3: shape = [(x, y - size - 2), (x + size + 2, y), (x, y + size + 2), (x - size - 2, y)]
    case 4: shape = [(x - size - 1, y - size), (x + size + 1, y - size), (x, y + size + 1)]
    default: return .circle(x: .pixels(x), y: .pixels(y), radius: size, style: style)
    }
    return .path([shape], closed: true, style: style)
  }

  /// A short piece of the curve for a legend, 30 by 14 pixels.
  static func key(_ index: Int) -> SVGElement {
    .group([
      .line(x1: 0, y1: 7, x2: 30, y2: 7, style: line(index)), mark(index, x: 15, y: 7),
    ])
  }
}
