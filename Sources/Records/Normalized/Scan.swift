public import Artifact

/// A scan as a whole: what `collect` says of it.
public struct Scan: ListedRow, Equatable {
  public static let schema = table(
    "normalized.scans", version: 1, .csv, key: ["scan"],
    "The scan as a whole: when, from where, and whether it is complete.")

  public var scan = ""
  public var chain = ""
  public var chainTold: String?
  public var marks: [String] = []
  public var vantage: String?
  public var startedAt: String?
  public var endedAt: String?
  public var complete: Bool?
  public var cause: String?
  public var simulated = false
  public var imported = false
  public var format: String?
  public var plan: String?
  public var routes: [String] = []
  public var dropped: [String] = []

  /// Whether most servers are of another known network than the one that the scan is said to be of.
  public var isOfOtherChain: Bool { marks.contains(ScanMark.otherChain.rawValue) }

  public init(scan: String, chain: String) {
    self.scan = scan
    self.chain = chain
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("scan", &scan, "The scan.")
    try c.text(
      "chain", &chain,
      "Chain that was asked for, in the words of servers.chain: mainnet, testnet3, testnet4, signet, regtest."
    )
    try c.text(
      "chain_told", &chainTold,
      "Known network whose genesis hash most servers tell, of those that tell one; of two the first by name. Where the scan is marked, of the others than `chain`.",
      nil: "no server told that of a known network")
    try c.texts(
      "marks", &marks,
      "What a reader must know before using the scan; `other-chain`: more than half of the servers that tell a genesis hash tell one of another known network than `chain`, so that nobody is judged by the chain."
    )
    try c.text("vantage", &vantage, "Where it was taken from.", nil: "not recorded")
    try c.timestamp("started_at", &startedAt, "Start, UTC.", nil: "not recorded")
    try c.timestamp("ended_at", &endedAt, "End, UTC.", nil: "not recorded")
    try c.boolean(
      "complete", &complete,
      "True where everything that it heard of was tried, within its rules; false where it ended early.",
      nil: "not recorded, as in an import")
    try c.text("cause", &cause, "Why it ended early.", nil: "it did not, or that is not recorded")
    try c.boolean(
      "simulated", &simulated,
      "True where its servers are a test bed's: it says nothing of the world.")
    try c.boolean("imported", &imported, "True where another program took it.")
    try c.text("format", &format, "Kind of file that was imported.", nil: "it was not imported")
    try c.text("plan", &plan, "Plan of questions.", nil: "not recorded")
    try c.texts("routes", &routes, "Networks that could be reached.", nil: "not recorded")
    try c.texts(
      "dropped", &dropped,
      "What was heard of and not followed, by the limit that forbade it, as `over_name_limit 12`.",
      nil: "nothing, or not recorded")
  }

  public var sortKey: SortKey { .of(scan) }
}
