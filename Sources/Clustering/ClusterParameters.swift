import Artifact
public import StageKit

/// What `cluster` is told.
public struct ClusterParameters: StageParameters {
  /// Share of the probes that two servers must both have answered to be compared.
  public let minimumOverlap: Double
  /// Share of the probes that a server must have answered to be classed.
  public let minimumCoverage: Double
  /// Keys that are published (snakeoil, images): shared by strangers.
  public let copiedKeys: Set<String>

  public static let fields = [
    ParameterField(
      "minimum_overlap", .number(0...1), default: .number(0.6),
      "Share of the probes that two servers must both have answered to be of one class."),
    ParameterField(
      "minimum_coverage", .number(0...1), default: .number(0.4),
      "Share of the probes that a server must have answered to be classed at all."),
    ParameterField(
      "copied_keys", .texts, default: .array([]),
      "SHA-256 of public keys that are published, so that sharing one proves nothing."),
  ]

  public init(_ values: ParameterValues) throws(StageError) {
    minimumOverlap = try values.number("minimum_overlap")
    minimumCoverage = try values.number("minimum_coverage")
    copiedKeys = Set(try values.texts("copied_keys"))
  }
}
