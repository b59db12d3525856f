import Ordering
internal import Records

/// How the numbers are made, what is known to be wrong, and every rule.
enum RuleBookSection {
  static func sections(_ facts: ReportFacts) -> [Section] {
    [methods, limits(facts), errors, rules(facts)]
  }

  private static var methods: Section {
    var section = Section(sectionID: "methods", sectionTitle: "How it is done")
    section.listings = [
      Listing(
        listingTitle: "From bytes to sentences", listingCaption: "Each step reads tables only.",
        listingRows: Grid(
          ["Step", "What it does"],
          [
            [
              "collect",
              "Asks each endpoint a fixed list of harmless questions, one connection at a time, and keeps the exact bytes.",
            ],
            [
              "normalize",
              "Reads the bytes into endpoints, servers, certificates and answers, without judgement.",
            ],
            [
              "featurize",
              "Makes what can be compared; what was not learned is unknown with its reason.",
            ],
            [
              "cluster",
              "Puts servers that answer alike in one behaviour class, and weighs evidence of one operator in bits after Fellegi and Sunter (1969), against how frequent a value is among strangers.",
            ],
            [
              "score",
              "Evaluates each rule of deviation for each server; unknown counts neither for nor against.",
            ],
            ["publish", "Counts rows and draws them. It computes no statistic."],
          ]), listingSources: [])
    ]
    return section
  }

  private static func limits(_ facts: ReportFacts) -> Section {
    var section = Section(sectionID: "limits", sectionTitle: "What cannot be found")
    section.sectionLead = [OperatorWording.upperBound, DetectionLimit.statement]
    let shown = facts.quality.values.filter {
      $0.metric.hasPrefix("operators.") || $0.metric.hasPrefix("links.")
        || $0.metric.hasPrefix("linkage.")
    }.sorted { $0.metric < $1.metric }
    section.listings = [
      DetectionLimit.listing,
      Listing(
        listingTitle: "Figures about the linkage",
        listingCaption: shown.isEmpty
          ? "The table of quality is absent." : "As the stage states them.",
        listingRows: Grid(
          ["Figure", "#Value", "Means"],
          shown.map { [$0.metric, NumberText.value($0.value), $0.summary] }),
        listingSources: [Source("data/quality.csv.gz")]),
    ]
    return section
  }

  private static var errors: Section {
    var section = Section(sectionID: "errors", sectionTitle: "Known errors and risks")
    section.listings = [
      Listing(
        listingTitle: "Where it can be wrong",
        listingCaption: "In the order of how much rests on it.",
        listingRows: Grid(
          ["What", "Consequence"],
          [
            [
              "What links servers may be a recipe and not a person",
              "Likely operators can be too large: see deployed alike, and the four ways to count.",
            ],
            [
              "Kinds of evidence are taken as independent",
              "Weights can be too great where name, network and ports come from one hoster: see the groups without each kind.",
            ],
            [
              "Accuracy is measured on simulated networks",
              "All figures of accuracy are upper bounds.",
            ],
            ["One vantage sees one path", "Down may be the path; not tested is not unreachable."],
            [
              "Real wallets have fixed servers and other lists",
              "Exposure is of stock Electrum that chooses by itself.",
            ],
            [
              "Priors and caps are judgement",
              "Sensitivity stands beside each result that rests on them.",
            ],
            ["A scan asks one set of questions", "What was not asked may deviate."],
          ]), listingSources: [])
    ]
    return section
  }

  private static func rules(_ facts: ReportFacts) -> Section {
    var section = Section(sectionID: "rules", sectionTitle: "Rule book")
    guard !facts.rulebook.isEmpty else {
      section.sectionAbsence = "The table of rules is absent."
      return section
    }
    section.sectionLead = [
      "Every rule by which a table concludes anything. An id is permanent and is never given to "
        + "another rule."
    ]
    let rows = facts.rulebook.filter { $0.family != .software }
    let software = facts.rulebook.count - rows.count
    section.listings = [
      Listing(
        listingTitle: "Rules",
        listingCaption: software > 0
          ? "Without \(NumberText.count(software, "rule")) that identify software: those are in the table."
          : "All of them.",
        listingRows: Grid(
          ["Id", "About", "Group", "Says", "Evaluated", "Source"],
          cells: rows.map { row in
            [
              row.id, row.family.rawValue, row.group, row.statement, row.evaluated ? "yes" : "no",
              row.source,
            ]
            .map { CellText($0) }
          }, isSortable: true), listingSources: [Source("data/rules.csv.gz")])
    ]
    return section
  }
}
