public import Artifact

/// What became of one family of questions at an endpoint: why a value is unknown.
public struct FamilyOutcome: ListedRow, Equatable {
  public static let schema = table(
    "normalized.outcomes", version: 1, .csv, key: ["endpoint_id", "family"],
    "What was asked of each endpoint that was tried, by family of questions, and what came of it.")

  public var endpointID = ""
  public var family = ""
  public var serverID = ""
  public var sessions = 0
  public var sessionsCutShort = 0
  public var probes = 0
  public var probesAnswered = 0
  public var asked = 0
  public var results = 0
  public var errors = 0
  public var silent = 0
  public var throttled = 0
  public var failed = 0
  public var notApplicable = 0
  public var untested = 0
  public var reasons: [String] = []

  public init(endpointID: String, family: String, serverID: String) {
    self.endpointID = endpointID
    self.family = family
    self.serverID = serverID
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("endpoint_id", &endpointID, "The endpoint.")
    try c.text(
      "family", &family,
      "Family of probes; `all` where no attempt came so far that anything could be asked, `other` for probes that these programs do not know."
    )
    try c.text("server_id", &serverID, "The server of the endpoint.")
    try c.integer(
      "sessions", &sessions,
      "Attempts that were to ask anything of the family; 0: none was, though it was asked of another endpoint of the scan."
    )
    try c.integer(
      "sessions_cut_short", &sessionsCutShort,
      "Those of them that ended before their last question was dealt with.")
    try c.integer("probes", &probes, "Different probes that were to be asked.")
    try c.integer(
      "probes_answered", &probesAnswered,
      "Different probes that were answered at least once, with a result or an error.")
    try c.integer("asked", &asked, "Requests that were sent.")
    try c.integer("results", &results, "Requests answered with a result.")
    try c.integer("errors", &errors, "Requests answered with an error.")
    try c.integer(
      "silent", &silent, "Requests that were never answered: silence, or no reply in time.")
    try c.integer("throttled", &throttled, "Requests that the server limited.")
    try c.integer(
      "failed", &failed,
      "Requests that came to nothing otherwise: the connection ended, or the reply was malformed or too large."
    )
    try c.integer(
      "not_applicable", &notApplicable,
      "Probes that the negotiated protocol does not have or that no earlier answer fills in, once an attempt."
    )
    try c.integer(
      "untested", &untested, "Probes that were not asked for another reason, once an attempt.")
    try c.texts(
      "reasons", &reasons,
      "Why not all is answered: each outcome but results and errors with its count, as `reply.none 2`, most frequent first; outcomes of the attempts where nothing of the family was asked.",
      nil: "all was answered, or nothing of the family was meant for this endpoint")
  }

  public var sortKey: SortKey { .of(endpointID, family) }
}
