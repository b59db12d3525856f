/// Markup in a text that no program has a reason to format.
enum Markup {
  /// Elements that change how a text looks or where it leads.
  private static let elements: Set = [
    "a", "b", "i", "u", "br", "p", "h1", "h2", "h3", "h4", "h5", "h6", "html", "head", "title",
    "body", "div", "span", "font", "img", "table", "tr", "td", "center", "strong", "em", "script",
    "style", "ul", "ol", "li", "form", "input", "button", "iframe", "svg", "meta", "link", "big",
    "small", "marquee", "pre", "hr",
  ]

  /// The first closing tag, tag with an attribute, line break or image; nil where there is none. A
  /// name in angle brackets alone is what programs print for a placeholder.
  static func first(in text: [Unicode.Scalar]) -> Range<Int>? {
    text.indices.lazy.compactMap { tag(at: $0, text) }.first
  }

  private static func tag(at start: Int, _ text: [Unicode.Scalar]) -> Range<Int>? {
    guard text[start] == "<" else { return nil }
    var index = skip(start + 1, text)
    let isClosing = index < text.count && text[index] == "/"
    if isClosing { index = skip(index + 1, text) }
    let nameStart = index
    while index < text.count, isNamePart(text[index]) { index += 1 }
    let name = String(String.UnicodeScalarView(text[nameStart..<index]))
    guard elements.contains(name), index < text.count, !FoldedText.isWordPart(text[index]) else {
      return nil
    }
    let limit = min(text.count, index + 1024)
    guard let end = text[index..<limit].firstIndex(of: ">") else {
      return name == "img" ? start..<index : nil
    }
    let isMarkup =
      isClosing || name == "br" || name == "img" || hasAttribute(text[index..<end])
    return isMarkup ? start..<(end + 1) : nil
  }

  /// A name and an equals sign.
  private static func hasAttribute(_ inside: ArraySlice<Unicode.Scalar>) -> Bool {
    guard let equals = inside.firstIndex(of: "=") else { return false }
    var index = equals
    while index > inside.startIndex, inside[index - 1] == " " || inside[index - 1] == "\n" {
      index -= 1
    }
    return index > inside.startIndex && FoldedText.isWordPart(inside[index - 1])
  }

  private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
  }

  private static func skip(_ index: Int, _ text: [Unicode.Scalar]) -> Int {
    var index = index
    while index < text.count, text[index] == " " || text[index] == "\n" { index += 1 }
    return index
  }
}
