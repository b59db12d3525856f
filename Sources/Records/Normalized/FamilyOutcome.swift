public import Artifact

/// What became of one family of questions at an endpoint: why a value is unknown.
public struct FamilyOutcome: ArtifactRow, Equatable {
  /// The endpoint.
  public var endpointID: String
  /// Family of probes; `all` where no attempt came so far that anything could be asked, `other` for probes that these programs do not know.
  public var family: String
  /// The server of the endpoint.
  public var serverID: String
  /// Attempts that were to ask anything of the family; 0: none was, though it was asked of another endpoint of the scan.
  public var sessions: Int
  /// Those of them that ended before their last question was dealt with.
  public var sessionsCutShort: Int
  /// Different probes that were to be asked.
  public var probes: Int
  /// Different probes that were answered at least once, with a result or an error.
  public var probesAnswered: Int
  /// Requests that were sent.
  public var asked: Int
  /// Requests answered with a result.
  public var results: Int
  /// Requests answered with an error.
  public var errors: Int
  /// Requests that were never answered: silence, or no reply in time.
  public var silent: Int
  /// Requests that the server limited.
  public var throttled: Int
  /// Requests that came to nothing otherwise: the connection ended, or the reply was malformed or too large.
  public var failed: Int
  /// Probes that the negotiated protocol does not have or that no earlier answer fills in, once an attempt.
  public var notApplicable: Int
  /// Probes that were not asked for another reason, once an attempt.
  public var untested: Int
  /// Why not all is answered: each outcome but results and errors with its count, as `reply.none 2`, most frequent first; outcomes of the attempts where nothing of the family was asked. Empty: all was answered, or nothing of the family was meant for this endpoint.
  public var reasons: [String]

  public init(
    endpointID: String, family: String, serverID: String, sessions: Int, sessionsCutShort: Int,
    probes: Int, probesAnswered: Int, asked: Int, results: Int, errors: Int, silent: Int,
    throttled: Int, failed: Int, notApplicable: Int, untested: Int, reasons: [String] = []
  ) {
    self.endpointID = endpointID
    self.family = family
    self.serverID = serverID
    self.sessions = sessions
    self.sessionsCutShort = sessionsCutShort
    self.probes = probes
    self.probesAnswered = probesAnswered
    self.asked = asked
    self.results = results
    self.errors = errors
    self.silent = silent
    self.throttled = throttled
    self.failed = failed
    self.notApplicable = notApplicable
    self.untested = untested
    self.reasons = reasons
  }
}

extension FamilyOutcome {
  static let columns: [Column] = [
    Column("endpoint_id", .text, "The endpoint."),
    Column(
      "family", .text,
      "Family of probes; `all` where no attempt came so far that anything could be asked, `other` for probes that these programs do not know."
    ),
    Column("server_id", .text, "The server of the endpoint."),
    Column(
      "sessions", .integer,
      "Attempts that were to ask anything of the family; 0: none was, though it was asked of another endpoint of the scan."
    ),
    Column(
      "sessions_cut_short", .integer,
      "Those of them that ended before their last question was dealt with."),
    Column("probes", .integer, "Different probes that were to be asked."),
    Column(
      "probes_answered", .integer,
      "Different probes that were answered at least once, with a result or an error."),
    Column("asked", .integer, "Requests that were sent."),
    Column("results", .integer, "Requests answered with a result."),
    Column("errors", .integer, "Requests answered with an error."),
    Column("silent", .integer, "Requests that were never answered: silence, or no reply in time."),
    Column("throttled", .integer, "Requests that the server limited."),
    Column(
      "failed", .integer,
      "Requests that came to nothing otherwise: the connection ended, or the reply was malformed or too large."
    ),
    Column(
      "not_applicable", .integer,
      "Probes that the negotiated protocol does not have or that no earlier answer fills in, once an attempt."
    ),
    Column("untested", .integer, "Probes that were not asked for another reason, once an attempt."),
    Column(
      "reasons", .texts,
      "Why not all is answered: each outcome but results and errors with its count, as `reply.none 2`, most frequent first; outcomes of the attempts where nothing of the family was asked.",
      empty: "all was answered, or nothing of the family was meant for this endpoint"),
  ]

  public static let schema = ArtifactSchema(
    id: "normalized.outcomes", version: 1, encoding: .csv, key: ["endpoint_id", "family"],
    summary:
      "What was asked of each endpoint that was tried, by family of questions, and what came of it.",
    columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(endpointID)
    key.append(family)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("endpoint_id", endpointID)
    encoder.text("family", family)
    encoder.text("server_id", serverID)
    encoder.integer("sessions", sessions)
    encoder.integer("sessions_cut_short", sessionsCutShort)
    encoder.integer("probes", probes)
    encoder.integer("probes_answered", probesAnswered)
    encoder.integer("asked", asked)
    encoder.integer("results", results)
    encoder.integer("errors", errors)
    encoder.integer("silent", silent)
    encoder.integer("throttled", throttled)
    encoder.integer("failed", failed)
    encoder.integer("not_applicable", notApplicable)
    encoder.integer("untested", untested)
    encoder.texts("reasons", reasons)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    endpointID = try decoder.text("endpoint_id")
    family = try decoder.text("family")
    serverID = try decoder.text("server_id")
    sessions = try decoder.integer("sessions")
    sessionsCutShort = try decoder.integer("sessions_cut_short")
    probes = try decoder.integer("probes")
    probesAnswered = try decoder.integer("probes_answered")
    asked = try decoder.integer("asked")
    results = try decoder.integer("results")
    errors = try decoder.integer("errors")
    silent = try decoder.integer("silent")
    throttled = try decoder.integer("throttled")
    failed = try decoder.integer("failed")
    notApplicable = try decoder.integer("not_applicable")
    untested = try decoder.integer("untested")
    reasons = try decoder.texts("reasons")
  }
}
