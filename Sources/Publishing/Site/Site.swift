import Artifact
import Ordering
internal import Records
internal import StageKit

/// All pages of the report and the files beside their figures.
struct Site {
  private let facts: ReportFacts
  private let package: PackageFacts
  private let transcripts: [String: [Transcript]]
  private let index: ServerIndex
  private let groups: [GroupPage]

  /// - Parameter transcripts: exchanges that claims rest on, by server.
  init(facts: ReportFacts, package: PackageFacts, transcripts: [String: [Transcript]]) {
    self.facts = facts
    self.package = package
    self.transcripts = transcripts
    index = ServerIndex(facts, transcripts: transcripts.mapValues { $0.map(\.reference) })
    groups = GroupPage.all(facts)
  }

  /// Writes everything.
  func write(to documents: PackageDocuments) throws {
    let paths = package.tablePaths
    let chapters = chapters.map { $0.linking(to: paths) }
    let frame = try PageFrame(package: package, leadingTo: chapters)
    for page in chapters {
      let isFirst = page.path == "index.html"
      try documents.add(
        page.path,
        try frame.html(
          page, opening: isFirst ? try opening(frame, paths) : "",
          closing: isFirst ? try closing(frame) : "",
          description: isFirst ? DatasetJSONLD.scriptText(package) : nil))
      for figure in page.figures { try FigureFiles.add(figure, to: documents) }
    }
    for group in groups {
      let page = group.page.linking(to: paths)
      try documents.add(page.path, try frame.html(page))
      for figure in page.figures { try FigureFiles.add(figure, to: documents) }
    }
    for id in facts.allServers {
      let page = ServerPage(id: id, facts: facts, index: index).page.linking(to: paths)
      try documents.add(page.path, try frame.html(page))
    }
    for (id, exchanges) in transcripts.sorted(by: { $0.key < $1.key }) {
      let page = TranscriptPage(serverID: id, label: facts.label(of: id), transcripts: exchanges)
      try documents.add(page.page.path, try frame.html(page.page, opening: page.body))
    }
  }

  private func opening(_ frame: PageFrame, _ paths: Set<String>) throws(StageError) -> String {
    struct Opening {
      let cautions: [Note]
      let answers: [AnswerCard]
      let tiles: [HeadlineTile]
    }
    return try frame.render(
      Opening(
        cautions: MeasurementSection.origins(facts)
          + [PartitionSection.cohort(facts)].compactMap(\.self),
        answers: AnswerCard.all(facts, paths: paths), tiles: HeadlineTile.tiles(facts)),
      "opening")
  }

  private func closing(_ frame: PageFrame) throws(StageError) -> String {
    try frame.render(PackageSection(package), "package")
  }

  /// The pages that every page leads to, in order.
  private var chapters: [SitePage] {
    [
      SitePage(
        path: "index.html", title: "Overview", heading: package.title,
        summary: package.occasion, sections: home),
      SitePage(
        path: "network.html", title: "Network",
        summary: "Who is listed, who answers, where they are, and what is not known.",
        sections: [
          MeasurementSection.section(facts), ReachabilitySection.section(facts),
          MapSection.section(facts, geographySources: package.geographyNames),
          TreemapSection.section(facts), LatencySection.section(facts),
          UnknownSection.blindSpots(facts),
          UnknownSection.section(facts),
          InvalidAdvertisementSection.section(facts),
        ]),
      SitePage(
        path: "software.html", title: "Software",
        summary: "Programs and protocols that servers claim.",
        sections: [SoftwareSection.section(facts)]),
      SitePage(
        path: "tls.html", title: "TLS", summary: "Certificates and TLS versions.",
        sections: [CertificateSection.section(facts)]),
      SitePage(
        path: "behaviour.html", title: "Behaviour",
        summary: "Servers that answer alike: which software and set-up, not who.",
        sections: [BehaviourSection.section(facts)] + HeatMapSection.sections(facts)),
      SitePage(
        path: "operators.html", title: "Operators",
        summary: "Servers that are likely run together, and by which evidence.",
        sections: [
          AnswerSection.section(.joint, facts), PartitionSection.section(facts),
          OperatorSection.section(facts), RecipeSection.section(facts), NodeSection.section(facts),
          AnswerSection.section(
            .analytics, facts, id: "companies", title: "Companies that analyse the chain"),
        ]),
      SitePage(
        path: "concentration.html", title: "Concentration",
        summary: "How much of the network few units hold.",
        sections: [
          AnswerSection.section(.concentration, facts), ConcentrationSection.section(facts),
        ]),
      SitePage(
        path: "uptime.html", title: "Uptime", summary: "Who was up when, and what happened.",
        sections: UptimeSection.sections(facts)),
      SitePage(
        path: "deviations.html", title: "Deviations",
        summary: "Answers that are not as the protocol says, each with its evidence.",
        sections: [AnswerSection.section(.deviation, facts), DeviationSection.section(facts)]),
      SitePage(
        path: "exposure.html", title: "Exposure",
        summary: "What the network means for a wallet.",
        sections: ExposureSection.sections(facts)),
      SitePage(
        path: "servers.html", title: "Servers", summary: "Every server, each with its own page.",
        sections: [ServerTableSection.section(facts, index)]),
      SitePage(
        path: "recommendations.html", title: "Advice",
        summary: "What follows for users, authors of wallets and operators.",
        sections: RecommendationSection.sections(facts)),
      SitePage(
        path: "methods.html", title: "Methods",
        summary: "How it is done, what is known to be wrong, and every rule.",
        sections: RuleBookSection.sections(facts)),
    ] + changes
  }

  /// There where a release before was named.
  private var changes: [SitePage] {
    guard let comparison = facts.comparison else { return [] }
    return [
      SitePage(
        path: "changes.html", title: "Changes",
        summary: "What is otherwise than in the release before, and what that can come from.",
        sections: ChangesSection.sections(comparison))
    ]
  }

  private var home: [Section] { [ReadingSection.section(facts)] }
}
