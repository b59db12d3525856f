internal import Records
internal import Releases

/// What is otherwise than in the release before, and what that can come from.
enum ChangesSection {
  /// Differences of a kind that are listed; the table has all.
  private static let limit = 100

  static func sections(_ comparison: ReleaseComparison) -> [Section] {
    [summary(comparison)]
      + DifferenceKind.allCases.compactMap { kind in
        let found = comparison.differences.filter { $0.kind == kind }
        return found.isEmpty ? nil : section(kind, found)
      }
  }

  private static func summary(_ comparison: ReleaseComparison) -> Section {
    let (earlier, later) = (comparison.earlier, comparison.later)
    var section = Section(
      sectionID: "changes",
      sectionTitle: "From \(VisibleText.show(earlier.version, limit: 20)) to "
        + VisibleText.show(later.version, limit: 20),
      sectionLead: [
        "Scans that both releases rest on are read again by today's programs, and what they now say is "
          + "compared with what the release before said: so a change of the world is told apart from one "
          + "of our rules, programs and references. A difference that can come of several names all."
      ])
    guard !comparison.differences.isEmpty else {
      section.sectionAbsence = "Nothing that is compared is otherwise."
      return section
    }
    let rows = DifferenceKind.allCases.compactMap { kind -> [String]? in
      let found = comparison.differences.filter { $0.kind == kind }
      if found.isEmpty { return nil }
      return [kind.rawValue, NumberText.count(found.count)]
        + DifferenceCause.allCases.map { cause in
          NumberText.count(found.count { $0.causes.contains(cause.rawValue) })
        }
    }
    section.listings = [
      Listing(
        listingTitle: "Differences by kind",
        listingCaption: "How many there are, and how many of these each cause can explain.",
        listingRows: Grid(
          ["Kind", "#All"] + DifferenceCause.allCases.map { "#\($0.rawValue)" }, rows),
        listingSources: [Source("data/differences.csv.gz"), Source("feed.atom")])
    ]
    return section
  }

  private static func section(_ kind: DifferenceKind, _ found: [ReleaseDifference]) -> Section {
    var section = Section(sectionID: kind.rawValue, sectionTitle: title(of: kind))
    section.listings = [
      Listing(
        listingTitle: title(of: kind),
        listingCaption: found.count > limit
          ? "The first \(limit) of \(NumberText.count(found.count)); the table has all."
          : NumberText.count(found.count, "difference") + ".",
        listingRows: Grid(
          ["What", "Aspect", "Before", "After", "Can come of", "Evidence"],
          found.prefix(limit).map { row in
            [
              VisibleText.show(row.subject, limit: 60), VisibleText.show(row.aspect, limit: 40),
              VisibleText.show(row.before ?? "–", limit: 80),
              VisibleText.show(row.after ?? "–", limit: 80), row.causes.joined(separator: ", "),
              VisibleText.show(row.evidence.joined(separator: ", "), limit: 80),
            ]
          }), listingSources: [Source("data/differences.csv.gz")])
    ]
    return section
  }

  private static func title(of kind: DifferenceKind) -> String {
    switch kind {
    case .tableAdded: "New tables"
    case .tableRemoved: "Tables that are gone"
    case .columnAdded: "New columns"
    case .columnRemoved: "Columns that are gone"
    case .columnChanged: "Columns of another type"
    case .serverNew: "New servers"
    case .serverGone: "Servers that are gone"
    case .serverChanged: "Servers that changed"
    case .versionFirstSeen: "Releases first seen"
    case .groupSplit: "Likely operators that parted"
    case .groupMerged: "Likely operators that were joined"
    case .verdictChanged: "Verdicts that changed"
    case .numberMoved: "Numbers that moved beyond their bands"
    }
  }
}
