/// A chapter of the report as the templates see it. Every text is plain: the templates escape it.
///
/// Names are unique across the levels, since Mustache looks a missing name up in the level above.
struct Section {
  let sectionID: String
  let sectionTitle: String
  var sectionLead: [String] = []
  /// Why there is nothing to show; nil where there is.
  var sectionAbsence: String?
  var notes: [Note] = []
  var figures: [Figure] = []
  var listings: [Listing] = []
}

extension Section {
  /// The section with links to those tables only that are in the package.
  func linking(to paths: Set<String>) -> Section {
    var copy = self
    for index in figures.indices {
      copy.figures[index].sources.removeAll { !paths.contains($0.sourcePath) }
    }
    for index in listings.indices {
      copy.listings[index].listingSources.removeAll { !paths.contains($0.sourcePath) }
    }
    return copy
  }
}

/// A paragraph set apart.
struct Note {
  let noteTitle: String
  let noteText: String
  /// Style class of ours.
  let noteStyle: String
}

/// A drawing with its words, its numbers and the tables that hold them.
struct Figure {
  let figureID: String
  let figureTitle: String
  let figureCaption: String
  /// Markup of ours.
  let drawing: String
  var legend: [LegendEntry] = []
  let numbers: Grid
  var sources: [Source]
  var figureStyle = ""

  init(
    _ drawing: SVGDrawing, caption: String, legend: [LegendEntry] = [], numbers: Grid,
    sources: [Source], isWide: Bool = false
  ) {
    figureID = drawing.id
    figureTitle = drawing.title
    figureCaption = caption
    self.drawing = drawing.markup
    self.legend = legend
    self.numbers = numbers
    self.sources = sources
    figureStyle = isWide ? "wide" : ""
  }
}

struct LegendEntry {
  let legendText: String
  let legendStyle: String

  init(_ text: String, _ style: String) {
    legendText = text
    legendStyle = style
  }
}

/// A table shown as such.
struct Listing {
  let listingTitle: String
  let listingCaption: String
  /// nil where there is no row.
  let listingRows: Grid?
  var listingSources: [Source]

  init(
    listingTitle: String, listingCaption: String, listingRows: Grid, listingSources: [Source]
  ) {
    self.listingTitle = listingTitle
    self.listingCaption = listingCaption
    self.listingRows = listingRows.lines.isEmpty ? nil : listingRows
    self.listingSources = listingSources
  }
}

/// Cells of a table; numbers stand to the right.
struct Grid {
  struct Cell {
    let cellText: String
    let cellStyle: String
  }
  struct Row {
    let head: Cell
    let cells: [Cell]
  }

  let columns: [Cell]
  let lines: [Row]

  /// - Parameters:
  ///   - columns: headings; a leading `#` marks a column of numbers.
  ///   - rows: as many texts as columns.
  init(_ columns: [String], _ rows: [[String]]) {
    let styles = columns.enumerated().map { index, name in
      if name.hasPrefix("#") { return "number" }
      let longest = rows.map { index < $0.count ? $0[index].unicodeScalars.count : 0 }.max() ?? 0
      return longest <= 30 ? "short" : longest > 70 ? "long" : ""
    }
    self.columns = zip(columns, styles).map { name, style in
      Cell(cellText: name.hasPrefix("#") ? String(name.dropFirst()) : name, cellStyle: style)
    }
    lines = rows.compactMap { row in
      let cells = zip(row, styles).map { Cell(cellText: $0, cellStyle: $1) }
      guard let head = cells.first else { return nil }
      return Row(head: head, cells: Array(cells.dropFirst()))
    }
  }
}

/// A file of the package that holds the numbers of a figure.
struct Source {
  /// Path in the package, of ours.
  let sourcePath: String

  init(_ path: String) { sourcePath = path }
}
