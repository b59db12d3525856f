/// A length or coordinate: pixels, or a share of the drawing's width so that charts fit any page.
enum SVGLength: Equatable {
  case pixels(Double)
  case percent(Double)

  var text: String {
    switch self {
    case .pixels(let value): NumberText.decimal(value, places: 2)
    case .percent(let value): NumberText.decimal(value, places: 3) + "%"
    }
  }
}

extension SVGLength: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
  init(integerLiteral value: Int) { self = .pixels(Double(value)) }
  init(floatLiteral value: Double) { self = .pixels(value) }
}
