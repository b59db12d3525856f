/// A page of the report: complete from a file, with scripts off and the network off.
struct SitePage {
  /// Path from the site's root; at most one folder deep, but for transcripts.
  let path: String
  let title: String
  /// What stands above the page; nil: its title.
  var heading: String?
  /// What the page shows, in a sentence.
  let summary: String
  var sections: [Section]

  /// The way from the page to the site's root: empty, or `../` for each folder.
  var root: String {
    String(repeating: "../", count: path.utf8.count { $0 == UInt8(ascii: "/") })
  }

  /// Its figures, in order.
  var figures: [Figure] { sections.flatMap(\.figures) }

  /// The page with links to those tables only that are in the package.
  func linking(to paths: Set<String>) -> SitePage {
    var copy = self
    copy.sections = sections.map { $0.linking(to: paths) }
    return copy
  }
}
