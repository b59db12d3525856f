internal import Artifact
import Mustache
internal import StageKit

/// Renders pages: the same head, ways and foot around each.
struct PageFrame {
  private let package: PackageFacts
  private let pages: [SitePage]
  private let library: MustacheLibrary
  private let policies: (plain: String, scripted: String)

  /// - Parameter pages: those that every page leads to, in order.
  init(package: PackageFacts, leadingTo pages: [SitePage]) throws(StageError) {
    self.package = package
    self.pages = pages
    library = try Self.library()
    policies = (
      ContentPolicy.text(style: ReportStyle.sheet, script: nil),
      ContentPolicy.text(style: ReportStyle.sheet, script: SiteScript.text)
    )
  }

  /// - Parameters:
  ///   - opening: markup of ours between the page's title and its sections.
  ///   - closing: markup of ours behind its sections.
  ///   - description: JSON-LD of the dataset, for the first page.
  func html(
    _ page: SitePage, opening: String = "", closing: String = "", description: String? = nil
  ) throws(StageError) -> String {
    let root = page.root
    let isScripted = page.sections.contains { section in
      section.listings.contains { $0.listingRows?.isSortable ?? false }
    }
    return try render(
      FrameContent(
        pageTitle: page.title, pageHeading: page.heading ?? page.title, pageSummary: page.summary,
        datasetTitle: package.title,
        policy: isScripted ? policies.scripted : policies.plain, styleSheet: ReportStyle.sheet,
        script: isScripted ? [SiteScript.text] : [], jsonLD: description.map { [$0] } ?? [],
        ways: ways(from: page), contents: Self.contents(page),
        opening: opening, closing: closing,
        pageSections: page.sections.map { SectionView($0, root: root, package: package) },
        versionText: package.version, contactLine: package.contactLine),
      "frame")
  }

  private func ways(from page: SitePage) -> String {
    let root = page.root
    return pages.map { target in
      Way(wayTarget: root + target.path, wayText: target.title)
        .markup(target.path == page.path ? " aria-current=\"page\"" : "")
    }.joined()
  }

  private static func contents(_ page: SitePage) -> String {
    guard page.sections.count > 2 else { return "" }
    return "<nav class=\"contents\" aria-label=\"On this page\"><ul>\n"
      + page.sections.map {
        Way(wayTarget: "#" + $0.sectionID, wayText: $0.sectionTitle).markup()
      }.joined() + "</ul></nav>"
  }

  /// Any of the templates on its own.
  func render(_ content: Any, _ template: String) throws(StageError) -> String {
    guard let html = library.render(content, withTemplate: template) else {
      throw StageError(
        .bug, place: "report", expected: "a template named \(template)", found: "none",
        remedy: "report this")
    }
    return html
  }

  private static func library() throws(StageError) -> MustacheLibrary {
    MustacheContentTypes.register(SafeHTML(), named: SafeHTML.name)
    var library = MustacheLibrary()
    do {
      for (name, text) in ReportTemplates.all {
        try library.register("{{% CONTENT_TYPE: \(SafeHTML.name)}}" + text, named: name)
      }
    } catch {
      throw StageError(
        .bug, place: "report", expected: "templates that can be read", found: "\(error)",
        remedy: "report this")
    }
    return library
  }
}

/// What the template of a page sees. Names are unique across the levels, since Mustache looks a
/// missing name up in the level above.
struct FrameContent {
  let pageTitle: String
  let pageHeading: String
  let pageSummary: String
  let datasetTitle: String
  let policy: String
  let styleSheet: String
  let script: [String]
  let jsonLD: [String]
  /// Markup of ours, as the next: it is on every page, and templates are slow at many small parts.
  let ways: String
  let contents: String
  let opening: String
  let closing: String
  let pageSections: [SectionView]
  let versionText: String
  let contactLine: String
}

/// A way to a page or to a section of this one.
struct Way {
  let wayTarget: String
  let wayText: String

  /// - Parameter state: attributes of ours.
  func markup(_ state: String = "") -> String {
    "<li><a href=\"\(HTMLText.escape(wayTarget))\"\(state)>\(HTMLText.escape(wayText))</a></li>\n"
  }
}
