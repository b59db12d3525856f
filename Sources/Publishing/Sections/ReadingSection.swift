internal import Records

/// How to read the report: what kinds of statement there are, and which are never made.
enum ReadingSection {
  static func section(_ facts: ReportFacts) -> Section {
    var section = Section(
      sectionID: "reading", sectionTitle: "How to read this report",
      sectionLead: [
        "Facts come first: each number counts rows of a table that stands beside this page, and "
          + "each figure names its table. What was not observed is shown as not tested or unknown "
          + "and never counted as a value."
      ],
      notes: [
        Note(
          noteTitle: "Proved",
          noteText: "A contradiction that cryptography or the protocol itself shows, with the "
            + "evidence kept. It needs no belief about rates.", noteStyle: "proved"),
        Note(
          noteTitle: "Statistical",
          noteText: "A likelihood with a stated error. It can be wrong for any single server.",
          noteStyle: "statistical"),
        Note(
          noteTitle: "Descriptive",
          noteText: "What is there, with no claim about good or bad.", noteStyle: "descriptive"),
        Note(
          noteTitle: "Not claimed",
          noteText: "Whether a server keeps logs cannot be observed, so nothing here says that one "
            + "does. A likely operator is an inference from shared evidence, not a name of a "
            + "person, and no count of them is the number that there are: someone who hides well is "
            + "not found. A deviation score is no probability of intent.",
          noteStyle: "caution"),
      ])
    let rows = bases(facts)
    if rows.isEmpty { return section }
    section.listings = [
      Listing(
        listingTitle: "Which servers a number counts",
        listingCaption: "Each number names its base; these are all of them.",
        listingRows: Grid(["Base", "#Servers", "Means", "Used for"], rows),
        listingSources: [
          Source("data/servers.csv.gz"), Source("data/profiles.csv.gz"),
          Source("data/behaviour_classes.csv.gz"), Source("data/deviation.csv.gz"),
        ])
    ]
    return section
  }

  private static func bases(_ facts: ReportFacts) -> [[String]] {
    var rows: [[String]] = []
    func add(_ name: String, _ count: Int?, _ means: String, _ use: String) {
      if let count { rows.append([name, NumberText.count(count), means, use]) }
    }
    add(
      "listed", facts.allServers.isEmpty ? nil : facts.allServers.count,
      "any scan lists an endpoint of it", "pages of servers, uptime")
    add(
      "listed in the last scan", facts.lastScan?.servers?.listed, "the last scan lists one",
      "map, networks, what is unknown")
    add(
      "reached", facts.profiles.map { _ in facts.reachedServers.count },
      "in some scan a connection (and TLS, where offered) was established; the answers say: that answered",
      "operators, concentration, deviations")
    add(
      "answered in the last scan", facts.lastScan?.servers?.answered,
      "it identified itself in the last scan", "software, protocol")
    add(
      "classed", facts.behaviour.map { $0.count { $0.classID != nil } },
      "it answered enough probes to be compared", "behaviour")
    add(
      "judged", facts.deviation.map { $0.count { $0.verdict != .insufficient } },
      "enough was seen of it for a verdict", "share of servers that deviate")
    return rows
  }
}
