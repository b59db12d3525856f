import Ordering
internal import Records

/// What a server has in common with others, with its weights.
enum ServerLinks {
  private static let limit = 40

  static func section(_ page: ServerPage) -> Section {
    var section = Section(sectionID: "links", sectionTitle: "What it has in common with others")
    guard page.facts.operators != nil else {
      section.sectionAbsence = "The table of likely operators is absent."
      return section
    }
    let links = (page.index.links[page.id] ?? []).sorted {
      ($1.bits, $0.serverA, $0.serverB) < ($0.bits, $1.serverA, $1.serverB)
    }
    section.sectionLead = [summary(page, links.count)]
    if let row = page.index.classes[page.id] { section.sectionLead.append(behaviour(row, page)) }
    guard !links.isEmpty else { return section }
    section.listings = [
      shared(links, page), listing(Array(links.prefix(limit)), of: links.count, page),
    ]
    return section
  }

  private static func summary(_ page: ServerPage, _ count: Int) -> String {
    if count == 0 { return "It is in no listed pair of servers that share evidence of operators." }
    return
      "It is in \(NumberText.count(count, "listed pair")). A weight is in bits, from a prior far "
      + "below zero: each bit above doubles the odds that one operator runs both. What is common "
      + "weighs little, what can be copied weighs less, and unknown values weigh nothing."
  }

  private static func behaviour(_ row: BehaviourMembership, _ page: ServerPage) -> String {
    guard let id = row.classID, let size = row.classSize else {
      return "It answered too few questions to be put in a behaviour class."
    }
    return "It answers as \(NumberText.count(size - 1, "other server")) of class \(id) do, which "
      + "tells software and not who runs it."
  }

  private static func listing(_ links: [Link], of all: Int, _ page: ServerPage) -> Listing {
    Listing(
      listingTitle: "Links",
      listingCaption: (links.count < all
        ? "The strongest \(links.count) of \(NumberText.count(all)); all are in the table. " : "")
        + "Sum: the prior and what each rule adds.",
      listingRows: Grid(
        ["Other server", "Says", "#Sum in bits", "Rules and their bits"],
        cells: links.map { link in
          [
            page.facts.cell(of: link.serverA == page.id ? link.serverB : link.serverA),
            CellText(Remedies.text(link.says)),
            CellText(NumberText.decimal(link.bits, places: 2)),
            CellText(
              link.agreements.map {
                "\($0.rule) \($0.bits < 0 ? "" : "+")\(NumberText.decimal($0.bits, places: 2))"
              }.joined(separator: ", ")),
          ]
        }),
      listingSources: [Source("data/links.jsonl.gz")])
  }

  /// What it shares, each value once.
  private static func shared(_ links: [Link], _ page: ServerPage) -> Listing {
    struct Value {
      let rule: String
      let text: String
      var most: Double
      var others: [String]
    }
    var values: [String: Value] = [:]
    for link in links {
      let other = link.serverA == page.id ? link.serverB : link.serverA
      for agreement in link.agreements {
        let key = agreement.rule + "\n" + agreement.value
        var value =
          values[key]
          ?? Value(rule: agreement.rule, text: agreement.value, most: agreement.bits, others: [])
        value.most = max(value.most, agreement.bits)
        value.others.append(other)
        values[key] = value
      }
    }
    let sorted = values.sorted {
      ($1.value.most, $0.key) < ($0.value.most, $1.key)
    }.map(\.value)
    return Listing(
      listingTitle: "What is shared",
      listingCaption:
        "Exactly what both have, with control characters made visible, and the most bits "
        + "that it adds to a link.",
      listingRows: Grid(
        ["Rule", "Says", "Shared value", "#Bits", "#With", "Bytes"],
        cells: sorted.prefix(limit).map { value in
          [
            CellText(value.rule), CellText(page.facts.statement(of: value.rule)),
            CellText(VisibleText.show(value.text, limit: 120)),
            CellText(NumberText.decimal(value.most, places: 2)),
            CellText(NumberText.count(value.others.count, "server")), bytes(page),
          ]
        }),
      listingSources: [Source("data/links.jsonl.gz")])
  }

  /// Where the server says of itself what it shares.
  private static func bytes(_ page: ServerPage) -> CellText {
    guard
      let said = (page.index.transcripts[page.id] ?? []).first(where: {
        $0.reason == TranscriptReference.identification
      })
    else { return CellText("see the tables") }
    return CellText("what it says of itself", to: said.target)
  }
}
