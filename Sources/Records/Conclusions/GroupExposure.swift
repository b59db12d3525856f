public import Artifact

/// How often simulated wallets meet the servers of one group.
public struct GroupExposure: ListedRow, Equatable {
  public static let schema = table(
    "scores.exposure", version: 1, .csv, key: ["unit", "group_id", "variant", "losses"],
    "How often wallets that choose their servers as Electrum does would meet a group's: simulated over the servers of the last scan, not observed of anybody."
  )

  public var unit = ""
  public var groupID = ""
  public var variant = ""
  public var losses = 0
  public var servers = 0
  public var listed = 0
  public var serverShare = 0.0
  public var mainFirst = 0.0
  public var mainLater = 0.0
  public var connectedFirst = 0.0
  public var connectedLater = 0.0
  public var seen10 = 0.0
  public var seen30 = 0.0
  public var seen30Low = 0.0
  public var seen30High = 0.0
  public var sessions50: Int?
  public var sessions90: Int?
  public var wallets = 0
  public var sessions = 0

  public init(unit: String, groupID: String, variant: String, losses: Int) {
    self.unit = unit
    self.groupID = groupID
    self.variant = variant
    self.losses = losses
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try groupColumns(&c)
    try mainColumns(&c)
    try seenColumns(&c)
  }

  private mutating func groupColumns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text(
      "unit", &unit,
      "What the group is: operator (likely operator), operator.declared, operator.cohort or server."
    )
    try c.text("group_id", &groupID, "The group: an id of clusters.operators, or the server's.")
    try c.text(
      "variant", &variant,
      "How the main server is chosen: `race` (as the client does), `default-draw` (always the one drawn from the hard-coded list, while it answers), `fixed-server` (as `race`, but half of the owners have fixed one of the list) or `one-server` (as `race`, but a fifth have fixed one and allow no other connection)."
    )
    try c.integer(
      "losses", &losses,
      "Connections assumed to be lost in a session. How many are is not known: compare the rows.")
    try c.integer("servers", &servers, "Servers of the group that wallets can choose.")
    try c.integer("listed", &listed, "Those of them in the wallet's hard-coded list.")
    try c.number(
      "server_share", &serverShare, digits: 6, "Its share of all servers that wallets can choose.")
  }

  private mutating func mainColumns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.number(
      "main_first", &mainFirst, digits: 6,
      "Share of first sessions whose first main server, which is told every address, is of the group."
    )
    try c.number(
      "main_later", &mainLater, digits: 6, "The same share of a wallet's later sessions.")
    try c.number(
      "connected_first", &connectedFirst, digits: 6,
      "Share of first sessions that connect to a server of the group, which learns the address of the wallet's machine and the time."
    )
    try c.number(
      "connected_later", &connectedLater, digits: 6, "The same share of a wallet's later sessions.")
  }

  private mutating func seenColumns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.number(
      "seen_10", &seen10, digits: 6,
      "Share of wallets of which a server of the group was a main server within 10 sessions.")
    try c.number("seen_30", &seen30, digits: 6, "The same within 30 sessions.")
    try c.number(
      "seen_30_low", &seen30Low, digits: 6,
      "Lower end of the 95 % interval of seen_30: that of the simulation alone, of no assumption.")
    try c.number("seen_30_high", &seen30High, digits: 6, "Upper end of it.")
    try c.integer(
      "sessions_50", &sessions50, "Sessions until half of the wallets were seen.", unit: "sessions",
      nil: "fewer were seen in all sessions simulated")
    try c.integer(
      "sessions_90", &sessions90, "Sessions until nine of ten wallets were seen.", unit: "sessions",
      nil: "fewer were seen in all sessions simulated")
    try c.integer("wallets", &wallets, "Wallets simulated.")
    try c.integer("sessions", &sessions, "Sessions of each, the first one included.")
  }

  public var sortKey: SortKey { .of(unit, groupID, variant, losses) }
}
