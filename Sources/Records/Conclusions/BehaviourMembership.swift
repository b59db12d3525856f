public import Artifact

/// The behaviour class of a server: who answers alike, not who runs it.
public struct BehaviourMembership: ListedRow, Equatable {
  public static let schema = table(
    "clusters.behaviour_classes", version: 1, .csv, key: ["server_id"],
    "Servers that answer alike.")

  public var serverID = ""
  public var classID: String?
  public var familyID: String?
  public var classSize: Int?
  public var coverage = 0.0

  public init(serverID: String) {
    self.serverID = serverID
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("server_id", &serverID, "The server.")
    try c.text(
      "class_id", &classID, "Exact class: equal on every probe observed of both.",
      nil: "too few probes were answered to class it")
    try c.text(
      "family_id", &familyID, "Family of near classes.",
      nil: "in no family, or its class is not known and what it may be is not of one family")
    try c.integer("class_size", &classSize, "Servers in the class.", nil: "not classed")
    try c.number(
      "coverage", &coverage, digits: 6, "Share of the signature's probes that were answered.")
  }

  public var sortKey: SortKey { .of(serverID) }
}
