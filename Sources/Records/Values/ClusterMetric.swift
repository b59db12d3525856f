public import Artifact

/// A figure about the clustering as a whole.
public struct ClusterMetric: ListedRow, Equatable {
  public static let schema = table(
    "clusters.quality", version: 1, .csv, key: ["metric"],
    "Figures about the partitions.")

  public var metric = ""
  public var value: Double?
  public var summary = ""

  public init(metric: String, summary: String) {
    self.metric = metric
    self.summary = summary
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("metric", &metric, "Name of the figure.")
    try c.number("value", &value, digits: 9, "Its value.", nil: "not defined for this input")
    try c.text("summary", &summary, "What it means.")
  }

  public var sortKey: SortKey { .of(metric) }
}
