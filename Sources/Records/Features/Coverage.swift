public import Artifact

/// What was asked of a server and what came of it.
public struct Coverage: ListedRow, Equatable {
  public static let schema = table(
    "features.coverage", version: 1, .csv, key: ["server_id", "probe"],
    "Observation is not absence: what was asked, answered, and why not.")

  public var serverID = ""
  public var probe = ""
  public var asked = 0
  public var answered = 0
  public var errors = 0
  public var unanswered = 0
  public var untested = 0
  public var reason: String?

  public init(serverID: String, probe: String) {
    self.serverID = serverID
    self.probe = probe
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("server_id", &serverID, "The server.")
    try c.text("probe", &probe, "The probe.")
    try c.integer("asked", &asked, "Requests sent.")
    try c.integer("answered", &answered, "Replies with a result.")
    try c.integer("errors", &errors, "Replies with an error.")
    try c.integer("unanswered", &unanswered, "Requests without a reply.")
    try c.integer("untested", &untested, "Attempts in which it was not asked.")
    try c.text(
      "reason", &reason, "Most frequent outcome code where no reply came.", nil: "a reply came")
  }

  public var sortKey: SortKey { .of(serverID, probe) }
}
