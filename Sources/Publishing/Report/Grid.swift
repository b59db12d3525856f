/// Cells of a table; numbers stand to the right.
struct Grid {
  let columns: [String]
  let lines: [[CellText]]
  /// True where a reader may order and filter the rows.
  var isSortable = false
  private let styles: [String]

  /// - Parameters:
  ///   - columns: headings; a leading `#` marks a column of numbers.
  ///   - rows: as many texts as columns.
  init(_ columns: [String], _ rows: [[String]]) {
    self.init(columns, cells: rows.map { $0.map { CellText($0) } })
  }

  /// The same of cells that may lead to other pages.
  init(_ columns: [String], cells rows: [[CellText]], isSortable: Bool = false) {
    styles = columns.enumerated().map { index, name in
      if name.hasPrefix("#") { return "number" }
      let longest = rows.map { index < $0.count ? $0[index].text.unicodeScalars.count : 0 }.max()
      return (longest ?? 0) <= 30 ? "short" : (longest ?? 0) > 70 ? "long" : ""
    }
    self.columns = columns.map { $0.hasPrefix("#") ? String($0.dropFirst()) : $0 }
    lines = rows.filter { !$0.isEmpty }
    self.isSortable = isSortable
  }

  /// - Parameters:
  ///   - root: the way from the page to the site's root: empty, or `../` for each folder.
  ///   - title: names the table for who hears it.
  func markup(root: String, title: String) -> String {
    var out = "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\""
    out += HTMLText.escape(title)
    out += isSortable ? "\"><table class=\"sortable\">\n<thead><tr>" : "\"><table>\n<thead><tr>"
    for (name, style) in zip(columns, styles) {
      out += "<th scope=\"col\"\(Self.attribute(style))>\(HTMLText.escape(name))</th>"
    }
    out += "</tr></thead>\n<tbody>\n"
    for line in lines {
      out += "<tr>"
      for (index, (cell, style)) in zip(line, styles).enumerated() {
        let tag = index == 0 ? "th" : "td"
        out += "<\(tag)\(index == 0 ? " scope=\"row\"" : "")\(Self.attribute(style))>"
        cell.write(root: root, to: &out)
        out += "</\(tag)>"
      }
      out += "</tr>\n"
    }
    return out + "</tbody></table></div>"
  }

  private static func attribute(_ style: String) -> String {
    style.isEmpty ? "" : " class=\"\(style)\""
  }
}

/// The text of a cell, and where it leads.
struct CellText {
  let text: String
  /// Path from the site's root, of ours; nil: nowhere.
  let link: String?

  init(_ text: String, to link: String? = nil) {
    self.text = text
    self.link = link
  }

  /// What a server said stands apart in its direction of writing.
  func write(root: String, to out: inout String) {
    if let link { out += "<a href=\"\(HTMLText.escape(root + link))\">" }
    out += "<bdi>\(HTMLText.escape(text))</bdi>"
    if link != nil { out += "</a>" }
  }
}
