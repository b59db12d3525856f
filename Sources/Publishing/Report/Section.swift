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
  var cards: [AnswerCard] = []
  var figures: [Figure] = []
  /// True where the figures are of one kind and scale, to be compared at a glance.
  var areFiguresSmall = false
  var listings: [Listing] = []
  /// Where to read on.
  var links: [SiteLink] = []

  init(
    sectionID: String, sectionTitle: String, sectionLead: [String] = [], notes: [Note] = []
  ) {
    self.sectionID = sectionID
    self.sectionTitle = sectionTitle
    self.sectionLead = sectionLead
    self.notes = notes
  }
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
  let chart: any Chart
  let caption: String
  let legend: [LegendEntry]
  let numbers: Grid
  var sources: [Source]
  let isWide: Bool
  /// False for the small drawing of a server's page, whose numbers are the rows of a table.
  let hasFiles: Bool

  init(
    _ chart: any Chart, caption: String, legend: [LegendEntry] = [], numbers: Grid,
    sources: [Source], isWide: Bool = false, hasFiles: Bool = true
  ) {
    self.chart = chart
    self.caption = caption
    self.legend = legend
    self.numbers = numbers
    self.sources = sources
    self.isWide = isWide
    self.hasFiles = hasFiles
  }
}

/// What a mark means, with a picture of it.
struct LegendEntry {
  let legendText: String
  /// Markup of ours.
  let legendKey: String

  /// A filled square.
  init(_ text: String, _ style: String) {
    self.init(
      text, width: 14,
      .rectangle(x: 1, y: 1, width: 12, height: 12, corner: 3, style: style))
  }

  /// A piece of the curve at a place in the list.
  init(_ text: String, curve: Int) { self.init(text, width: 30, CurveStyle.key(curve)) }

  private init(_ text: String, width: Int, _ element: SVGElement) {
    legendText = text
    var key = "<svg width=\"\(width)\" height=\"14\" aria-hidden=\"true\">"
    element.write(to: &key)
    legendKey = key + "</svg>"
  }
}

extension LegendEntry {
  /// A cell of a matrix.
  init(_ look: CellChart.Look) {
    let part: (y: Double, width: Double, height: Double) =
      switch look.shape {
      case .full: (1, 12, 12)
      case .low: (8.5, 12, 4.5)
      case .narrow: (5, 12, 4.5)
      case .small: (4, 6, 6)
      }
    self.init(
      look.word, width: 14,
      .rectangle(
        x: .pixels(7 - part.width / 2), y: .pixels(part.y), width: .pixels(part.width),
        height: .pixels(part.height), style: look.tone))
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

/// A file of the package that holds the numbers of a figure.
struct Source {
  /// Path in the package, of ours.
  let sourcePath: String

  init(_ path: String) { sourcePath = path }

  /// The path without its folders.
  var fileName: String { sourcePath.split(separator: "/").last.map { String($0) } ?? sourcePath }
}

/// A way to another page.
struct SiteLink {
  let text: String
  /// Path from the site's root, of ours.
  let target: String

  init(_ text: String, to target: String) {
    self.text = text
    self.target = target
  }
}
