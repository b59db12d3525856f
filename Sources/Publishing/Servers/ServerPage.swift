internal import Records

/// One server: what is known, what is not and why, what is said of it and by which evidence.
struct ServerPage {
  let id: String
  let facts: ReportFacts
  /// What the pages of all servers look up.
  let index: ServerIndex

  static func path(_ id: String) -> String { "servers/\(id).html" }

  var page: SitePage {
    SitePage(
      path: Self.path(id), title: facts.label(of: id),
      summary: "Server \(id): what is known of it, what is not and why, and what is said of it.",
      sections: [
        ServerReasons.section(self), ServerVerdicts.section(self), ServerLinks.section(self),
        ServerReach.section(self), ServerKnowledge.section(self), ServerHistory.section(self),
        Self.objection,
      ])
  }

  private static var objection: Section {
    var section = Section(sectionID: "object", sectionTitle: "How to object")
    section.sectionLead = [Remedies.objection]
    return section
  }
}

/// Rows of the tables by server.
struct ServerIndex {
  let indicators: [String: [Indicator]]
  let deviation: [String: Deviation]
  let operators: [String: OperatorMembership]
  let classes: [String: BehaviourMembership]
  let profiles: [String: FeatureProfile]
  let links: [String: [Link]]
  let sensitivity: [String: [ScoreSensitivityRow]]
  /// Group of each rule.
  let groups: [String: String]
  /// Reasons to have a transcript, by server.
  let transcripts: [String: [TranscriptReference]]
  /// Scans that were taken over from somebody else's record: no bytes exist.
  let imported: Set<String>

  init(_ facts: ReportFacts, transcripts: [String: [TranscriptReference]]) {
    indicators = Dictionary(grouping: facts.indicators ?? [], by: \.serverID)
    deviation = Self.byID(facts.deviation ?? [], \.serverID)
    operators = Self.byID(facts.operators ?? [], \.serverID)
    classes = Self.byID(facts.behaviour ?? [], \.serverID)
    profiles = Self.byID(facts.profiles ?? [], \.serverID)
    var links: [String: [Link]] = [:]
    for link in facts.pairs {
      links[link.serverA, default: []].append(link)
      links[link.serverB, default: []].append(link)
    }
    self.links = links
    sensitivity = Dictionary(grouping: facts.sensitivity, by: \.serverID)
    groups = Dictionary(facts.rulebook.map { ($0.id, $0.group) }, uniquingKeysWith: { $1 })
    self.transcripts = transcripts
    imported = Set(facts.scans.filter(\.isImported).map(\.name))
  }

  private static func byID<Row>(_ rows: [Row], _ id: (Row) -> String) -> [String: Row] {
    Dictionary(rows.map { (id($0), $0) }, uniquingKeysWith: { first, _ in first })
  }
}
