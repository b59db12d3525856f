public import Artifact

/// How far the observations of a server narrow its software down.
public enum IdentificationStatus: String, ColumnWord {
  /// One implementation is consistent, with enough for it.
  case identified
  /// Several are.
  case several
  /// One is, but too little was observed.
  case insufficient
  /// None is: software that the rule book does not know, or several behind one address.
  case none
}

/// Whether a server can be what it claims to be.
public enum ClaimVerdict: String, ColumnWord {
  /// The behaviour identifies what is claimed.
  case yes
  /// The behaviour contradicts every release that the claim can mean.
  case no
  /// Too little was observed, or the claim is not known.
  case unknown
}

/// What a server's behaviour says of its software, and whether that fits what it claims.
public struct SoftwareRecord: ListedRow, Equatable {
  public static let schema = table(
    "normalized.software", version: 1, .csv, key: ["server_id"],
    "Software by behaviour, found independently of the claim: servers of which a reply was seen.")

  public var serverID = ""
  public var status = IdentificationStatus.identified
  public var implementation: String?
  public var versionFrom: String?
  public var versionTo: String?
  public var versionBefore: String?
  public var claimedText: String?
  public var claimAgrees = ClaimVerdict.yes
  public var possibilities: [String] = []
  public var deciding: [String] = []
  public var contradictions: [String] = []
  public var replies = 0
  public var rulesMet = 0

  public init(serverID: String, status: IdentificationStatus, claimAgrees: ClaimVerdict) {
    self.serverID = serverID
    self.status = status
    self.claimAgrees = claimAgrees
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("server_id", &serverID, "The server.")
    try c.word("status", &status, "How far the observations narrow it down.")
    try c.text(
      "implementation", &implementation, "The one implementation that no observation contradicts.",
      nil: "its software is not identified")
    try c.text(
      "version_from", &versionFrom, "Its oldest known release that no observation contradicts.",
      nil: "its software is not identified, or none of its releases is known")
    try c.text(
      "version_to", &versionTo,
      "Its newest known release that no observation contradicts; releases up to the next known one count with it.",
      nil: "its software is not identified, or none of its releases is known")
    try c.text(
      "version_before", &versionBefore, "The known release after that, which it is not.",
      nil: "not identified, or it may be newer than all that are known")
    try c.text(
      "claimed_text", &claimedText,
      "What it calls itself: first element of the reply to server.version.",
      nil: "it did not identify itself")
    try c.word("claim_agrees", &claimAgrees, "Whether it can be what it claims to be.")
    try c.texts(
      "possibilities", &possibilities,
      "Every implementation that no observation contradicts, each with its first and last possible release where releases are known.",
      nil: "none: software that the rule book does not know, or several behind one address")
    try c.texts(
      "deciding", &deciding,
      "A few findings that suffice for what is ruled out, each `rule probe observed` in words apart by a space.",
      nil: "nothing is ruled out")
    try c.texts(
      "contradictions", &contradictions, "Findings against the claim, in the same form.",
      nil: "the claim is not contradicted")
    try c.integer("replies", &replies, "Different replies that were looked at.")
    try c.integer("rules_met", &rulesMet, "Rules of the book that an observation met.")
  }

  public var sortKey: SortKey { .of(serverID) }
}
