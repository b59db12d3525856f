public import Artifact

/// A probe of the series and the number of its bit.
public struct SeriesProbe: ListedRow, Equatable {
  public static let schema = table(
    "features.probes", version: 1, .csv, key: ["bit"],
    "The probes of the series, numbered: what the bits of a mask stand for, in this dataset only.")

  public var bit = 0
  public var probe = ""
  public var family = ""
  public var purpose: String?
  public var cost: Double?
  public var servers = 0

  public init(probe: String, family: String) {
    self.probe = probe
    self.family = family
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.integer("bit", &bit, "Number of its bit, from 0, in the byte order of the ids.")
    try c.text("probe", &probe, "Permanent id of the probe.")
    try c.text("family", &family, "Family of probes; `other` where these programs do not know it.")
    try c.text("purpose", &purpose, "Why it is asked.", nil: "these programs do not know it")
    try c.number(
      "cost", &cost, digits: 6,
      "What its usual answer costs a client under the model of ElectrumX, which closes a session at 10000.",
      nil: "these programs do not know it")
    try c.integer("servers", &servers, "Servers whose signature covers it.")
  }

  public var sortKey: SortKey { .of(bit) }
}
