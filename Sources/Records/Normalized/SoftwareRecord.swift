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
public struct SoftwareRecord: ArtifactRow, Equatable {
  /// The server.
  public var serverID: String
  /// How far the observations narrow it down.
  public var status: IdentificationStatus
  /// The one implementation that no observation contradicts. nil: its software is not identified.
  public var implementation: String?
  /// Its oldest known release that no observation contradicts. nil: its software is not identified, or none of its releases is known.
  public var versionFrom: String?
  /// Its newest known release that no observation contradicts; releases up to the next known one count with it. nil: its software is not identified, or none of its releases is known.
  public var versionTo: String?
  /// The known release after that, which it is not. nil: not identified, or it may be newer than all that are known.
  public var versionBefore: String?
  /// What it calls itself: first element of the reply to server.version. nil: it did not identify itself.
  public var claimedText: String?
  /// Whether it can be what it claims to be.
  public var claimAgrees: ClaimVerdict
  /// Every implementation that no observation contradicts, each with its first and last possible release where releases are known. Empty: none: software that the rule book does not know, or several behind one address.
  public var possibilities: [String]
  /// A few findings that suffice for what is ruled out, each `rule probe observed` in words apart by a space. Empty: nothing is ruled out.
  public var deciding: [String]
  /// Findings against the claim, in the same form. Empty: the claim is not contradicted.
  public var contradictions: [String]
  /// Different replies that were looked at.
  public var replies: Int
  /// Rules of the book that an observation met.
  public var rulesMet: Int

  public init(
    serverID: String, status: IdentificationStatus, implementation: String? = nil,
    versionFrom: String? = nil, versionTo: String? = nil, versionBefore: String? = nil,
    claimedText: String? = nil, claimAgrees: ClaimVerdict, possibilities: [String] = [],
    deciding: [String] = [], contradictions: [String] = [], replies: Int, rulesMet: Int
  ) {
    self.serverID = serverID
    self.status = status
    self.implementation = implementation
    self.versionFrom = versionFrom
    self.versionTo = versionTo
    self.versionBefore = versionBefore
    self.claimedText = claimedText
    self.claimAgrees = claimAgrees
    self.possibilities = possibilities
    self.deciding = deciding
    self.contradictions = contradictions
    self.replies = replies
    self.rulesMet = rulesMet
  }
}

extension SoftwareRecord {
  static let columns: [Column] = [
    Column("server_id", .text, "The server."),
    Column("status", .word(IdentificationStatus.words), "How far the observations narrow it down."),
    Column(
      "implementation", .text, "The one implementation that no observation contradicts.",
      empty: "its software is not identified"),
    Column(
      "version_from", .text, "Its oldest known release that no observation contradicts.",
      empty: "its software is not identified, or none of its releases is known"),
    Column(
      "version_to", .text,
      "Its newest known release that no observation contradicts; releases up to the next known one count with it.",
      empty: "its software is not identified, or none of its releases is known"),
    Column(
      "version_before", .text, "The known release after that, which it is not.",
      empty: "not identified, or it may be newer than all that are known"),
    Column(
      "claimed_text", .text, "What it calls itself: first element of the reply to server.version.",
      empty: "it did not identify itself"),
    Column("claim_agrees", .word(ClaimVerdict.words), "Whether it can be what it claims to be."),
    Column(
      "possibilities", .texts,
      "Every implementation that no observation contradicts, each with its first and last possible release where releases are known.",
      empty: "none: software that the rule book does not know, or several behind one address"),
    Column(
      "deciding", .texts,
      "A few findings that suffice for what is ruled out, each `rule probe observed` in words apart by a space.",
      empty: "nothing is ruled out"),
    Column(
      "contradictions", .texts, "Findings against the claim, in the same form.",
      empty: "the claim is not contradicted"),
    Column("replies", .integer, "Different replies that were looked at."),
    Column("rules_met", .integer, "Rules of the book that an observation met."),
  ]

  public static let schema = ArtifactSchema(
    id: "normalized.software", version: 1, encoding: .csv, key: ["server_id"],
    summary:
      "Software by behaviour, found independently of the claim: servers of which a reply was seen.",
    columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(serverID)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("server_id", serverID)
    encoder.text("status", status.rawValue)
    encoder.text("implementation", implementation)
    encoder.text("version_from", versionFrom)
    encoder.text("version_to", versionTo)
    encoder.text("version_before", versionBefore)
    encoder.text("claimed_text", claimedText)
    encoder.text("claim_agrees", claimAgrees.rawValue)
    encoder.texts("possibilities", possibilities)
    encoder.texts("deciding", deciding)
    encoder.texts("contradictions", contradictions)
    encoder.integer("replies", replies)
    encoder.integer("rules_met", rulesMet)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    serverID = try decoder.text("server_id")
    status = try decoder.word("status", IdentificationStatus.self)
    implementation = try decoder.optionalText("implementation")
    versionFrom = try decoder.optionalText("version_from")
    versionTo = try decoder.optionalText("version_to")
    versionBefore = try decoder.optionalText("version_before")
    claimedText = try decoder.optionalText("claimed_text")
    claimAgrees = try decoder.word("claim_agrees", ClaimVerdict.self)
    possibilities = try decoder.texts("possibilities")
    deciding = try decoder.texts("deciding")
    contradictions = try decoder.texts("contradictions")
    replies = try decoder.integer("replies")
    rulesMet = try decoder.integer("rules_met")
  }
}
