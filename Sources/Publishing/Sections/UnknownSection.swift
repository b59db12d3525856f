internal import Records

/// What was not learned: the other half of every number above.
enum UnknownSection {
  /// How many servers no scan can know of, and how many were known and not tried.
  static func blindSpots(_ facts: ReportFacts) -> Section {
    var section = Section(sectionID: "blind-spots", sectionTitle: "Blind spots")
    let unseen = (facts.answers ?? []).filter { $0.answerID == "unseen-servers" }
    section.cards = unseen.filter { $0.value != nil }.map {
      AnswerCard($0, paths: facts.tablePaths)
    }
    if section.cards.isEmpty {
      section.sectionAbsence =
        "How many servers nobody names is not estimated: no servers told their peers."
    }
    guard let scan = facts.lastScan, let endpoints = scan.endpoints else { return section }
    let rows = AddressFamily.allCases.compactMap { family -> [String]? in
      guard let outcomes = endpoints[family] else { return nil }
      let listed = outcomes.values.reduce(0, +)
      let untried = outcomes.filter { !$0.key.isTested }
      let reasons = untried.sorted { $0.key.rawValue < $1.key.rawValue }
        .map { "\($0.key.rawValue) \(NumberText.count($0.value))" }.joined(separator: ", ")
      return [
        family.title, NumberText.count(listed),
        NumberText.count(untried.values.reduce(0, +)), reasons.isEmpty ? "–" : reasons,
      ]
    }
    section.listings = [
      Listing(
        listingTitle: "Known and not tried",
        listingCaption: "Endpoints of the last scan of which nothing was asked, and why.",
        listingRows: Grid(["Network", "#Listed", "#Not tried", "Why"], rows),
        listingSources: [Source("data/endpoints.csv.gz")])
    ]
    return section
  }

  static func section(_ facts: ReportFacts) -> Section {
    var section = Section(sectionID: "unknown", sectionTitle: "What is unknown")
    section.sectionLead = [
      "Observation is not absence: a question that got no answer, or was never asked, says nothing."
    ]
    if let coverage = facts.coverage, !coverage.isEmpty {
      section.figures.append(probes(coverage))
    }
    if let servers = facts.servers, !servers.isEmpty { section.figures.append(values(servers)) }
    if !facts.forms.isEmpty { section.listings.append(forms(facts.forms)) }
    if section.figures.isEmpty && section.listings.isEmpty {
      section.sectionLead = []
      section.sectionAbsence = "The tables of coverage and servers are absent or empty."
    }
    return section
  }

  private static func forms(_ forms: [FormCount]) -> Listing {
    Listing(
      listingTitle: "What is written in other forms",
      listingCaption:
        "Forms in which servers and lists of the last scan say what these programs read. What could "
        + "not be read is unknown.",
      listingRows: Grid(
        ["Form", "Meaning", "Read", "#Times"],
        forms.map {
          [$0.form.rawValue, $0.statement, $0.read ? "yes" : "no", NumberText.count($0.count)]
        }), listingSources: [Source("data/forms.csv.gz")])
  }

  private static func probes(_ coverage: [ProbeCoverage]) -> Figure {
    let rows = coverage.map { probe in
      ChartRow.first(
        probe.probe,
        [
          Segment(label: "answered", count: probe.answered, tone: .answered),
          Segment(label: "answered with an error", count: probe.errors, tone: .partial),
          Segment(label: "no reply", count: probe.unanswered, tone: .failed),
          Segment(label: "not asked", count: probe.untested, tone: .untested),
        ])
    }
    return Figure(
      BarChart(
        id: "coverage", title: "What became of each question", rows: rows, isShareOfRow: true
      ),
      caption: "Requests of each probe over all servers and scans, and attempts in which it was "
        + "not asked because an earlier one failed; the number is of those answered.",
      legend: [
        LegendEntry("answered", Tone.answered.style),
        LegendEntry("answered with an error", Tone.partial.style),
        LegendEntry("no reply", Tone.failed.style), LegendEntry("not asked", Tone.untested.style),
      ],
      numbers: Grid(
        ["Probe", "#Answered", "#Errors", "#No reply", "#Not asked"],
        coverage.map {
          [
            $0.probe, NumberText.count($0.answered), NumberText.count($0.errors),
            NumberText.count($0.unanswered), NumberText.count($0.untested),
          ]
        }),
      sources: [Source("data/coverage.csv.gz")])
  }

  private static func values(_ servers: [Server]) -> Figure {
    func row(_ label: String, known: (Server) -> Bool) -> ChartRow {
      row(label, absent: { _ in false }, known: known)
    }
    func row(
      _ label: String, absent: (Server) -> Bool, known: (Server) -> Bool
    ) -> ChartRow {
      let knowns = servers.count(where: known)
      let absences = servers.count(where: absent)
      return ChartRow.first(
        label,
        [
          Segment(label: "known", count: knowns, tone: .answered),
          Segment(label: "answered: has none", count: absences, tone: .descriptive),
          Segment(label: "unknown", count: servers.count - knowns - absences, tone: .untested),
        ])
    }
    let rows = [
      row("country") { $0.geography.country != nil },
      row("network (AS)") { $0.geography.asn != nil },
      row("software") { $0.software != nil }, row("protocol range") { $0.protocolMax != nil },
      row("genesis hash") { $0.genesisHash != nil },
      row("which fork of the chain") { $0.chain != nil && $0.chainEvidence != .genesis },
      row("header tip") { $0.tipHeight != nil },
      row("banner", absent: { $0.bannerStatus == .absent }) { $0.bannerStatus == .value },
      row("donation address", absent: { $0.donationStatus == .absent }) {
        $0.donationStatus == .value
      },
      row("peers it lists") { $0.peersReturned != nil },
      row("certificate") { !$0.certificateSHA256s.isEmpty },
    ]
    return Figure(
      BarChart(
        id: "unknown-values", title: "What is known of servers", rows: rows, isShareOfRow: true
      ),
      caption:
        "All servers listed in the last scan; the number is of those known. Forks share the genesis "
        + "block (Bitcoin Cash, Bitcoin SV and Bitcoin Gold have Bitcoin's): where no header "
        + "behind a fork was asked for, a server counts as of its genesis block's chain.",
      legend: [
        LegendEntry("known", Tone.answered.style),
        LegendEntry("answered: has none", Tone.descriptive.style),
        LegendEntry("unknown", Tone.untested.style),
      ],
      numbers: Grid(
        ["Value", "#Known", "#Answered: has none", "#Unknown"],
        rows.map { [$0.label] + $0.segments.map { NumberText.count($0.count) } }),
      sources: [Source("data/servers.csv.gz")])
  }
}
