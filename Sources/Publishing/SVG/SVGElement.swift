/// One element of a drawing. Attribute names are ours; every value and text is escaped on output.
struct SVGElement {
  enum Anchor: String {
    case start
    case middle
    case end
  }

  private let name: String
  private var attributes: [(name: String, value: String)]
  private var children: [SVGElement] = []
  private var text: String?

  private init(
    _ name: String, _ attributes: [(String, String)] = [], style: String = "", text: String? = nil,
    children: [SVGElement] = []
  ) {
    self.name = name
    self.attributes = attributes.map { (name: $0.0, value: $0.1) }
    if !style.isEmpty { self.attributes.append((name: "class", value: style)) }
    self.text = text
    self.children = children
  }

  static func rectangle(
    x: SVGLength, y: SVGLength, width: SVGLength, height: SVGLength, corner: Double = 0,
    style: String
  ) -> SVGElement {
    var attributes = [
      ("x", x.text), ("y", y.text), ("width", width.text), ("height", height.text),
    ]
    if corner > 0 { attributes.append(("rx", SVGLength.pixels(corner).text)) }
    return SVGElement("rect", attributes, style: style)
  }

  static func circle(
    x: SVGLength, y: SVGLength, radius: Double, style: String
  ) -> SVGElement {
    SVGElement(
      "circle", [("cx", x.text), ("cy", y.text), ("r", SVGLength.pixels(radius).text)],
      style: style)
  }

  static func line(
    x1: SVGLength, y1: SVGLength, x2: SVGLength, y2: SVGLength, style: String
  ) -> SVGElement {
    SVGElement(
      "line", [("x1", x1.text), ("y1", y1.text), ("x2", x2.text), ("y2", y2.text)], style: style)
  }

  /// Closed rings and open lines given as points in pixels.
  static func path(
    _ lines: [[(x: Double, y: Double)]], closed: Bool, style: String
  ) -> SVGElement {
    var data = ""
    for line in lines where line.count > 1 {
      for (index, point) in line.enumerated() {
        data += index == 0 ? "M" : "L"
        data += NumberText.decimal(point.x, places: 1)
        data += " " + NumberText.decimal(point.y, places: 1)
      }
      if closed { data += "Z" }
    }
    return SVGElement("path", [("d", data)], style: style)
  }

  /// - Parameter isUpright: turned by a quarter about its beginning, which is in pixels.
  static func text(
    _ content: String, x: SVGLength, y: SVGLength, anchor: Anchor = .start, style: String = "",
    isUpright: Bool = false
  ) -> SVGElement {
    var attributes = [("x", x.text), ("y", y.text)]
    if anchor != .start { attributes.append(("text-anchor", anchor.rawValue)) }
    if isUpright { attributes.append(("transform", "rotate(-90 \(x.text) \(y.text))")) }
    return SVGElement("text", attributes, style: style, text: content)
  }

  static func group(_ children: [SVGElement], style: String = "") -> SVGElement {
    SVGElement("g", style: style, children: children)
  }

  /// A frame inside a drawing; percentages inside it are of its own width.
  static func frame(
    x: SVGLength, y: SVGLength, width: SVGLength, height: SVGLength, _ children: [SVGElement]
  ) -> SVGElement {
    SVGElement(
      "svg",
      [
        ("x", x.text), ("y", y.text), ("width", width.text), ("height", height.text),
        ("overflow", "visible"),
      ], children: children)
  }

  /// The element with a title, which browsers show when it is pointed at.
  func titled(_ title: String) -> SVGElement {
    var copy = self
    copy.children.insert(SVGElement("title", text: title), at: 0)
    return copy
  }

  func write(to out: inout String) {
    out += "<\(name)"
    for attribute in attributes {
      out += " \(attribute.name)=\"\(HTMLText.escape(attribute.value))\""
    }
    if text == nil && children.isEmpty {
      out += "/>"
      return
    }
    out += ">"
    for child in children { child.write(to: &out) }
    if let text { out += HTMLText.escape(text) }
    out += "</\(name)>"
  }
}
