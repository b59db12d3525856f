public import Artifact

/// A figure about the clustering as a whole.
public struct ClusterMetric: ArtifactRow, Equatable {
  /// Name of the figure.
  public var metric: String
  /// Its value. nil: not defined for this input.
  public var value: Double?
  /// What it means.
  public var summary: String

  public init(
    metric: String, value: Double? = nil, summary: String
  ) {
    self.metric = metric
    self.value = value
    self.summary = summary
  }
}

extension ClusterMetric {
  static let columns: [Column] = [
    Column("metric", .text, "Name of the figure."),
    Column(
      "value", .number(significantDigits: 9), "Its value.", empty: "not defined for this input"),
    Column("summary", .text, "What it means."),
  ]

  public static let schema = ArtifactSchema(
    id: "clusters.quality", version: 1, encoding: .csv, key: ["metric"],
    summary: "Figures about the partitions.", columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(metric)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("metric", metric)
    encoder.number("value", value, significantDigits: 9)
    encoder.text("summary", summary)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    metric = try decoder.text("metric")
    value = try decoder.optionalNumber("value")
    summary = try decoder.text("summary")
  }
}
