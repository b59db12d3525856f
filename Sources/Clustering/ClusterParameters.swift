public import Artifact
public import StageKit

/// What `cluster` is told.
public struct ClusterParameters: StageParameters {
  public private(set) var minimumOverlap = 0.6
  public private(set) var minimumCoverage = 0.4
  public private(set) var copiedKeys: Set<String> = []

  public init() {}

  public mutating func fields<F: Fields>(_ f: inout F) {
    f.field(
      "minimum_overlap", &minimumOverlap, .number(0...1),
      "Share of the probes that two servers must both have answered to be of one class.")
    f.field(
      "minimum_coverage", &minimumCoverage, .number(0...1),
      "Share of the probes that a server must have answered to be classed at all.")
    f.field(
      "copied_keys", &copiedKeys, .setOfTexts,
      "SHA-256 of public keys that are published, so that sharing one proves nothing.")
  }
}
