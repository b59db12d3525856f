public import Artifact

/// What is otherwise between two published packages of a dataset.
public enum DifferenceKind: String, ColumnWord {
  case tableAdded = "table-added"
  case tableRemoved = "table-removed"
  case columnAdded = "column-added"
  case columnRemoved = "column-removed"
  /// A column holds another type of value.
  case columnChanged = "column-changed"
  case serverNew = "server-new"
  case serverGone = "server-gone"
  case serverChanged = "server-changed"
  /// A release of server software was seen for the first time.
  case versionFirstSeen = "version-first-seen"
  /// Servers of one likely operator are no longer together.
  case groupSplit = "group-split"
  /// Servers of several likely operators are now together.
  case groupMerged = "group-merged"
  case verdictChanged = "verdict-changed"
  /// Each package's number is outside the other's band.
  case numberMoved = "number-moved"
}

/// What a difference between two packages can come from.
public enum DifferenceCause: String, ColumnWord {
  /// Servers are, or answered, otherwise: the packages rest on different scans.
  case world
  /// Parameters of a stage are otherwise.
  case rules
  /// A stage, or what it derives, is of another revision.
  case programs
  /// Databases or lists that a stage consults are otherwise.
  case references
}

/// One thing that is otherwise in a later package of a dataset.
public struct ReleaseDifference: ListedRow, Equatable {
  public static let schema = table(
    "published.differences", version: 1, .csv, key: ["kind", "subject", "aspect"],
    "What is otherwise in a package than in an earlier one, and what that can come from.")

  public var kind = DifferenceKind.serverChanged
  public var subject = ""
  public var aspect = ""
  public var before: String?
  public var after: String?
  public var causes: [String] = []
  public var evidence: [String] = []

  public init(
    _ kind: DifferenceKind, _ subject: String, aspect: String = "", before: String? = nil,
    after: String? = nil, causes: [DifferenceCause], evidence: [String] = []
  ) {
    self.kind = kind
    self.subject = subject
    self.aspect = aspect
    self.before = before
    self.after = after
    self.causes = causes.map(\.rawValue)
    self.evidence = evidence
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.word("kind", &kind, "What kind of difference it is.")
    try c.text(
      "subject", &subject, "What is otherwise: a table, a server, a group, a release or a number.")
    try c.text("aspect", &aspect, "Which column or index of it; empty where it is the whole.")
    try c.text("before", &before, "What the earlier package says.", nil: "it says nothing")
    try c.text("after", &after, "What the later package says.", nil: "it says nothing")
    try c.texts(
      "causes", &causes,
      "What it can come from: world, rules, programs, references. One where the packages tell it.")
    try c.texts("evidence", &evidence, "Rules that stand behind the change of a group.")
  }

  public var sortKey: SortKey { .of(kind, subject, aspect) }
}
