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

  /// What each rule says, by its id; empty where the table is absent.
  var rules: [String: String] = [:]

  var lastScan: ScanFacts? { scans.last }

  /// What a rule says; a dash where no table tells it.
  func statement(of rule: String) -> String { rules[rule] ?? "–" }
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
