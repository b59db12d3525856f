public import Artifact

/// What was asked of a server and what came of it.
public struct Coverage: ArtifactRow, Equatable {
  /// The server.
  public var serverID: String
  /// The probe.
  public var probe: String
  /// Requests sent.
  public var asked: Int
  /// Replies with a result.
  public var answered: Int
  /// Replies with an error.
  public var errors: Int
  /// Requests without a reply.
  public var unanswered: Int
  /// Attempts in which it was not asked.
  public var untested: Int
  /// Most frequent outcome code where no reply came. nil: a reply came.
  public var reason: String?

  public init(
    serverID: String, probe: String, asked: Int, answered: Int, errors: Int, unanswered: Int,
    untested: Int, reason: String? = nil
  ) {
    self.serverID = serverID
    self.probe = probe
    self.asked = asked
    self.answered = answered
    self.errors = errors
    self.unanswered = unanswered
    self.untested = untested
    self.reason = reason
  }
}

extension Coverage {
  static let columns: [Column] = [
    Column("server_id", .text, "The server."),
    Column("probe", .text, "The probe."),
    Column("asked", .integer, "Requests sent."),
    Column("answered", .integer, "Replies with a result."),
    Column("errors", .integer, "Replies with an error."),
    Column("unanswered", .integer, "Requests without a reply."),
    Column("untested", .integer, "Attempts in which it was not asked."),
    Column(
      "reason", .text, "Most frequent outcome code where no reply came.", empty: "a reply came"),
  ]

  public static let schema = ArtifactSchema(
    id: "features.coverage", version: 1, encoding: .csv, key: ["server_id", "probe"],
    summary: "Observation is not absence: what was asked, answered, and why not.", columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(serverID)
    key.append(probe)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("server_id", serverID)
    encoder.text("probe", probe)
    encoder.integer("asked", asked)
    encoder.integer("answered", answered)
    encoder.integer("errors", errors)
    encoder.integer("unanswered", unanswered)
    encoder.integer("untested", untested)
    encoder.text("reason", reason)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    serverID = try decoder.text("server_id")
    probe = try decoder.text("probe")
    asked = try decoder.integer("asked")
    answered = try decoder.integer("answered")
    errors = try decoder.integer("errors")
    unanswered = try decoder.integer("unanswered")
    untested = try decoder.integer("untested")
    reason = try decoder.optionalText("reason")
  }
}
