public import Artifact

/// The behaviour class of a server: who answers alike, not who runs it.
public struct BehaviourMembership: ArtifactRow, Equatable {
  /// The server.
  public var serverID: String
  /// Exact class: equal on every probe observed of both. nil: too few probes were answered to class it.
  public var classID: String?
  /// Family of near classes. nil: not derived in this release.
  public var familyID: String?
  /// Servers in the class. nil: not classed.
  public var classSize: Int?
  /// Share of the signature's probes that were answered.
  public var coverage: Double

  public init(
    serverID: String, classID: String? = nil, familyID: String? = nil, classSize: Int? = nil,
    coverage: Double
  ) {
    self.serverID = serverID
    self.classID = classID
    self.familyID = familyID
    self.classSize = classSize
    self.coverage = coverage
  }
}

extension BehaviourMembership {
  static let columns: [Column] = [
    Column("server_id", .text, "The server."),
    Column(
      "class_id", .text, "Exact class: equal on every probe observed of both.",
      empty: "too few probes were answered to class it"),
    Column("family_id", .text, "Family of near classes.", empty: "not derived in this release"),
    Column("class_size", .integer, "Servers in the class.", empty: "not classed"),
    Column(
      "coverage", .number(significantDigits: 6),
      "Share of the signature's probes that were answered."),
  ]

  public static let schema = ArtifactSchema(
    id: "clusters.behaviour_classes", version: 1, encoding: .csv, key: ["server_id"],
    summary: "Servers that answer alike.", columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(serverID)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("server_id", serverID)
    encoder.text("class_id", classID)
    encoder.text("family_id", familyID)
    encoder.integer("class_size", classSize)
    encoder.number("coverage", coverage, significantDigits: 6)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    serverID = try decoder.text("server_id")
    classID = try decoder.optionalText("class_id")
    familyID = try decoder.optionalText("family_id")
    classSize = try decoder.optionalInteger("class_size")
    coverage = try decoder.number("coverage")
  }
}
