/// A whole drawing with the words that a screen reader says instead.
struct SVGDrawing {
  enum Size {
    /// Full width of its column, this many pixels high; text keeps its size on any screen.
    case fluid(height: Double)
    /// Scales as a picture.
    case picture(width: Double, height: Double)
    /// Scales likewise, but stays large enough to read: where it is wider than its column, it is
    /// moved sideways.
    case sheet(width: Double, height: Double)
  }

  /// Letters, digits and `-`; unique in the page.
  let id: String
  let title: String
  let description: String
  let size: Size
  let elements: [SVGElement]

  var markup: String {
    var out = "<svg role=\"img\" aria-labelledby=\"\(HTMLText.escape(id))-title"
    out += " \(HTMLText.escape(id))-description\" "
    switch size {
    case .fluid(let height):
      out += "class=\"chart\" width=\"100%\" height=\"\(SVGLength.pixels(height).text)\""
    case .picture(let width, let height):
      out += "class=\"picture\(width < 700 ? " narrow" : "")\" \(Self.box(width, height))"
    case .sheet(let width, let height):
      out += "class=\"picture sheet\" \(Self.box(width, height))"
    }
    out += "><title id=\"\(HTMLText.escape(id))-title\">\(HTMLText.escape(title))</title>"
    out += "<desc id=\"\(HTMLText.escape(id))-description\">"
    out += "\(HTMLText.escape(description))</desc>"
    for element in elements { element.write(to: &out) }
    return out + "</svg>"
  }

  /// True where it may be wider than its column.
  var isSheet: Bool {
    if case .sheet = size { true } else { false }
  }

  private static func box(_ width: Double, _ height: Double) -> String {
    "viewBox=\"0 0 \(SVGLength.pixels(width).text) \(SVGLength.pixels(height).text)\""
  }
}
