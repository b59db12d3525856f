/// A section as the template sees it, with its links as they are from the page's place.
struct SectionView {
  let sectionID: String
  let sectionTitle: String
  let sectionLead: [String]
  let sectionAbsence: String?
  let notes: [Note]
  let cards: [AnswerCard]
  let figureColumns: String
  let figures: [FigureView]
  let listings: [ListingView]
  let sectionWays: [Way]

  init(_ section: Section, root: String, package: PackageFacts) {
    sectionID = section.sectionID
    sectionTitle = section.sectionTitle
    sectionLead = section.sectionLead
    sectionAbsence = section.sectionAbsence
    notes = section.notes
    cards = section.cards
    figureColumns = section.areFiguresSmall ? " small" : ""
    figures = section.figures.map { FigureView($0, root: root, package: package) }
    listings = section.listings.map { ListingView($0, root: root) }
    sectionWays = section.links.map { Way(wayTarget: root + $0.target, wayText: $0.text) }
  }
}

struct FigureView {
  let figureStyle: String
  let figureTitle: String
  let figureCaption: String
  let legend: [LegendEntry]
  /// Markup of ours, as the next.
  let drawing: String
  let numbers: String
  let sourceWays: [Way]
  let fileWays: [Way]
  let citation: [String]

  init(_ figure: Figure, root: String, package: PackageFacts) {
    let drawing = figure.chart.drawing
    figureStyle = figure.isWide ? "wide" : ""
    figureTitle = drawing.title
    figureCaption = figure.caption
    legend = figure.legend
    self.drawing =
      drawing.isSheet
      ? "<div class=\"drawing pan\" tabindex=\"0\" role=\"region\" aria-label=\""
        + HTMLText.escape("Drawing: " + drawing.title) + "\">\(drawing.markup)</div>"
      : "<div class=\"drawing\">\(drawing.markup)</div>"
    numbers = figure.numbers.markup(root: root, title: drawing.title)
    sourceWays = figure.sources.map {
      Way(wayTarget: root + $0.sourcePath, wayText: $0.fileName)
    }
    fileWays =
      figure.hasFiles
      ? [
        Way(wayTarget: root + FigureFiles.path(drawing.id, ".csv"), wayText: "CSV"),
        Way(wayTarget: root + FigureFiles.path(drawing.id, ".vl.json"), wayText: "Vega-Lite"),
      ] : []
    citation = figure.hasFiles ? [FigureFiles.citation(of: drawing.title, package)] : []
  }
}

struct ListingView {
  let listingTitle: String
  let listingCaption: String
  /// Markup of ours; none where there is no row.
  let rowsMarkup: [String]
  let listingWays: [Way]

  init(_ listing: Listing, root: String) {
    listingTitle = listing.listingTitle
    listingCaption = listing.listingCaption
    rowsMarkup =
      listing.listingRows.map { [$0.markup(root: root, title: listing.listingTitle)] } ?? []
    listingWays = listing.listingSources.map {
      Way(wayTarget: root + $0.sourcePath, wayText: $0.fileName)
    }
  }
}
