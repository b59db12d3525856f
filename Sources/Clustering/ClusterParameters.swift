public import Artifact
import RecordLinkage
public import StageKit

/// What `cluster` is told.
public struct ClusterParameters: StageParameters {
  public private(set) var minimumOverlap = 0.6
  public private(set) var minimumCoverage = 0.4
  public private(set) var minimumFamily = 3
  public private(set) var minimumSamples = 2
  public private(set) var timingWeight = 0.5
  public private(set) var shrinkage = 0.15
  public private(set) var outlierScore = 0.5
  public private(set) var resamples = 100
  public private(set) var seed = 20_251_122
  public private(set) var copiedKeys: Set<String> = []
  public private(set) var partners = 0.4
  public private(set) var linksPerValue = 20
  public private(set) var permutations = 5
  public private(set) var memoryMebibytes = 4096

  public init() {}

  public mutating func fields<F: Fields>(_ f: inout F) {
    f.field(
      "minimum_overlap", &minimumOverlap, .number(0...1),
      "Share of the probes that two servers must both have answered to be of one class.")
    f.field(
      "minimum_coverage", &minimumCoverage, .number(0...1),
      "Share of the probes that a server must have answered to be classed at all.")
    f.field(
      "minimum_family", &minimumFamily, .integer(2...1_000),
      "Servers that a family has at least, a class counting as five at most.")
    f.field(
      "minimum_samples", &minimumSamples, .integer(1...1_000),
      "Servers, itself included, within a server's core distance.")
    f.field(
      "timing_weight", &timingWeight, .number(0...1),
      "Weight of a service time in the distance between classes, where a probe has 1.")
    f.field(
      "shrinkage", &shrinkage, .number(0...1),
      "Pull towards the usual distance, as a share of the weight of all features.")
    f.field(
      "outlier_score", &outlierScore, .number(0...1),
      "Outlier score from which a class is listed as standing apart: at .5 it is twice as far from the others as those are that differ least."
    )
    f.field(
      "resamples", &resamples, .integer(0...10_000),
      "Resamples from which the stability of families is measured.")
    f.field("seed", &seed, .integer(0...Int.max), "Seed of all chance in the stage.")
    f.field(
      "copied_keys", &copiedKeys, .setOfTexts,
      "SHA-256 of public keys that are published, so that sharing one proves nothing.")
    f.field(
      "partners", &partners, .number(0.001...100),
      "Servers of the same operator that a server is expected to have, beyond those that a key, a tenant's prefix or a domain with a donation joins with it."
    )
    f.field(
      "links_per_value", &linksPerValue, .integer(1...100_000),
      "Pairs of servers that are listed for one shared value.")
    f.field(
      "permutations", &permutations, .integer(0...1000),
      "Repeats of the check by shuffled values.")
    f.field(
      "memory_mib", &memoryMebibytes, .integer(16...1_048_576),
      "Most memory that pairs of servers may take, in MiB; more is refused.")
  }

  /// The model of the linkage.
  var model: LinkageModel {
    var model = OperatorGroup.model
    model.partners = partners
    return model
  }

  /// Most memory that pairs may take, in bytes.
  var memory: Int { memoryMebibytes << 20 }
}
