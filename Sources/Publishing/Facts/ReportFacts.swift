internal import Records

/// What the report is drawn from: rows of the published tables, nothing else. A nil table is absent.
struct ReportFacts {
  /// In the order of their names; the last one is "the last scan".
  var scans: [ScanFacts] = []

  // The last scan.
  var servers: [Server]?
  var certificates: [Certificate]?
  /// Odd forms in what servers and lists say.
  var forms: [FormCount] = []
  /// What the GeoIP databases knew.
  var databases: [DatabaseUse] = []
  /// Counts of endpoints by TLS version.
  var tlsVersions: Tally?
  /// Listed more than once is counted once: key is what was advertised.
  var invalidAdvertisements: [InvalidAdvertisement]?

  // The series.
  var profiles: [FeatureProfile]?
  /// By probe.
  var coverage: [ProbeCoverage]?
  var behaviour: [BehaviourMembership]?
  var operators: [OperatorMembership]?
  /// Agreements of links by rule.
  var links: [LinkRule]?
  var indicators: [Indicator]?
  var deviation: [Deviation]?
  var concentration: [ConcentrationIndex]?
  var answers: [Answer]?
  var exposure: [GroupExposure]?
  var sybilCost: [SybilCost]?
  /// In the order of time.
  var networkEvents: [NetworkEvent] = []

  /// What the scans told of each server, by its id.
  var histories: [String: [ServerVisit]] = [:]
  /// Over all vantages, by server.
  var reliability: [String: ServerReliability] = [:]
  var events: [String: [ServerEvent]] = [:]
  var churn: [ScanChurn] = []
  var outages: [Outage] = []
  /// Versions of software, by who moved to them when.
  var upgrades: [UpgradeCohort] = []
  /// Endpoints of the last scan that lists the server, by server.
  var endpoints: [String: [Endpoint]] = [:]
  /// Each server as the last scan that lists it has it.
  var lastSeen: [String: Server] = [:]
  /// The word of each probe, by server.
  var signatures: [String: [String: String]] = [:]
  var families: [BehaviourFamily] = []
  var traits: [BehaviourTrait] = []
  var outliers: [BehaviourOutlier] = []
  /// Every listed pair.
  var pairs: [Link] = []
  var sharedValues: [SharedValue] = []
  /// The likely operator of each server, by variant.
  var bands: [String: [String: String]] = [:]
  var recipes: [DeploymentRecipe] = []
  var nodes: [NodeMembership] = []
  /// Figures about the partitions, by name.
  var quality: [String: ClusterMetric] = [:]
  var evidence: [IndicatorEvidence] = []
  var sensitivity: [ScoreSensitivityRow] = []

  /// Paths of the package's tables.
  var tablePaths: Set<String> = []

  /// Every rule; empty where the table is absent.
  var rulebook: [RuleRecord<PublishedRules>] = []
  /// What each rule says, by its id.
  var rules: [String: String] = [:]

  var lastScan: ScanFacts? { scans.last }

  /// Servers of which an endpoint was reached in some scan: the base of what is concluded of servers.
  var reachedServers: Set<String> {
    Set((profiles ?? []).filter(\.reached).map(\.serverID))
  }

  /// A server for a reader: a name of it, else an address, else its id.
  func label(of server: String) -> String {
    guard let row = lastSeen[server] else { return server }
    let name = row.verifiedNames.first ?? row.names.first ?? row.addresses.first
    return name.map { VisibleText.show($0, limit: 48) } ?? server
  }

  /// A cell that leads to the server's page.
  func cell(of server: String) -> CellText {
    CellText(label(of: server), to: ServerPage.path(server))
  }

  /// Every server that has a page, in the order of its id.
  var allServers: [String] {
    Set(lastSeen.keys).union((profiles ?? []).map(\.serverID)).sorted()
  }

  /// What a rule says; a dash where no table tells it.
  func statement(of rule: String) -> String { rules[rule] ?? "–" }
}

/// What one scan told of a server.
struct ServerVisit {
  /// Place of the scan in the series.
  let scan: Int
  let state: Liveness
  let outcome: Outcome
  let software: String?
  let tipHeight: Int?
  let changes: [String]
  let excused: ExclusionRule?
}

/// An advertised peer that can be no public server.
struct InvalidAdvertisement {
  let address: String
  let host: String
  let reason: String
  var sources: Int
}

/// What was asked with one probe and what came back, over all servers and scans.
struct ProbeCoverage {
  let probe: String
  var answered = 0
  var errors = 0
  var unanswered = 0
  var untested = 0

  var total: Int { answered + errors + unanswered + untested }
}

/// One kind of evidence between servers.
struct LinkRule {
  let rule: String
  let group: String
  let strength: String
  var pairs: Int
  /// Distinct shared values, and some of them.
  var values: [String: Int]
}
