internal import Artifact
import Mustache
internal import StageKit

/// The report: one page, no script, nothing fetched.
struct ReportPage {
  private let facts: ReportFacts
  private let package: PackageFacts

  init(facts: ReportFacts, package: PackageFacts) {
    self.facts = facts
    self.package = package
  }

  func html() throws(StageError) -> String {
    let library = try Self.library()
    guard let html = library.render(content, withTemplate: "page") else {
      throw StageError(
        .bug, place: "report", expected: "a template named page", found: "none",
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

  /// What the page template sees.
  private struct Content {
    let pageTitle: String
    let pageSubtitle: String
    let pageDescription: String
    let styleSheet: String
    let jsonLD: String
    let tiles: [HeadlineTile]
    let sections: [Section]
    let tables: [TableRow]
    let loadingLine: String
    let citationLine: String
    let contactLine: String
    let repositoryLink: [String]
    let resolutionLink: [String]
    let indicatorLink: [String]
    let versionText: String
  }

  private struct TableRow {
    let tablePath: String
    let tableSummary: String
    let tableRows: String
    let tableSize: String
    let tableDigest: String
  }

  private var content: Content {
    let servers = package.tables.first { $0.name == "servers" } ?? package.tables.first
    return Content(
      pageTitle: package.title, pageSubtitle: subtitle, pageDescription: package.description,
      styleSheet: ReportStyle.sheet, jsonLD: DatasetJSONLD.scriptText(package),
      tiles: HeadlineTile.tiles(facts), sections: sections,
      tables: package.tables.map { table in
        TableRow(
          tablePath: table.path, tableSummary: table.schema.summary,
          tableRows: NumberText.count(table.content.rows),
          tableSize: NumberText.bytes(table.content.fileBytes),
          tableDigest: String(table.content.contentSHA256.prefix(12)))
      },
      loadingLine: servers.map { ReadingCode.pandasLine($0) } ?? "",
      citationLine: CitationFile.line(package), contactLine: contact,
      repositoryLink: package.parameters.repository.isEmpty ? [] : [package.parameters.repository],
      resolutionLink: paths(of: "resolution"), indicatorLink: paths(of: "indicators"),
      versionText: package.version)
  }

  private func paths(of table: String) -> [String] {
    package.tables.filter { $0.name == table }.map(\.path)
  }

  private var sections: [Section] {
    let paths = Set(package.tables.map(\.path))
    return chapters.map { $0.linking(to: paths) }
  }

  private var chapters: [Section] {
    [
      ReadingSection.section(), MeasurementSection.section(facts),
      MapSection.section(facts, geographySources: package.geographyNames),
      ReachabilitySection.section(facts), SoftwareSection.section(facts),
      OperatorSection.section(facts), BehaviourSection.section(facts),
      CertificateSection.section(facts), ConcentrationSection.section(facts),
      DeviationSection.section(facts), UnknownSection.section(facts),
      InvalidAdvertisementSection.section(facts),
    ]
  }

  private var subtitle: String {
    var text = NumberText.count(package.scans.count, "scan")
    if let coverage = package.temporalCoverage {
      text += ", \(coverage.replacing("/", with: " to "))"
    }
    let vantages = Array(Set(package.scans.compactMap(\.vantage))).sorted()
    if !vantages.isEmpty {
      text += ", from \(vantages.map { VisibleText.show($0, limit: 40) }.joined(separator: ", "))"
    }
    return text
  }

  private var contact: String {
    package.parameters.contact.isEmpty
      ? "No contact for corrections was given with this package."
      : "Corrections and opt-out: \(package.parameters.contact)"
  }
}
