public import Artifact

/// Which probes a server answered, and how, in one value.
public struct ServerBehaviour: ListedRow, Equatable {
  public static let schema = table(
    "features.behaviours", version: 1, .csv, key: ["server_id"],
    "One row a server: the probes that its behaviour signature covers, as a bitmask, and the signature as a whole and by family."
  )

  public var serverID = ""
  public var covered = ""
  public var probesCovered = 0
  public var signature: String?
  public var familySignatures: [String] = []

  public init(serverID: String, covered: String) {
    self.serverID = serverID
    self.covered = covered
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("server_id", &serverID, "The server.")
    try c.text(
      "covered", &covered,
      "Probes covered as a hexadecimal number, as long for every server: bit i, worth 2 to the power of i, is the probe of bit i in features.probes."
    )
    try c.integer("probes_covered", &probesCovered, "Number of probes covered.")
    try c.text(
      "signature", &signature,
      "SHA-256 over the signatures of the probes covered. Two differ where other probes are covered: compare by probe, on the bits of both.",
      nil: "no probe was answered")
    try c.texts(
      "family_signatures", &familySignatures,
      "The same over each family of probes, as `family=` and 16 hexadecimal digits.")
  }

  public var sortKey: SortKey { .of(serverID) }
}
