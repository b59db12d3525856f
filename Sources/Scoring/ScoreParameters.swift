public import Artifact
public import StageKit

/// What `score` is told.
public struct ScoreParameters: StageParameters {
  public private(set) var seed = 20_251_122
  public private(set) var replicates = 2_000
  /// π0 of the deviation score.
  public private(set) var prior = 0.02
  /// δ of the deviation score.
  public private(set) var discount = 0.4
  public private(set) var familyCap = 8.006
  public private(set) var lagBlocks = 3
  public private(set) var spacingSeconds = 21_600

  public init() {}

  public mutating func fields<F: Fields>(_ f: inout F) {
    f.field("seed", &seed, .integer(0...Int.max), "Seed of all chance in the stage.")
    f.field(
      "replicates", &replicates, .integer(100...1_000_000),
      "Bootstrap replicates of each concentration index.")
    f.field("prior", &prior, .number(0.0001...0.5), "Prior probability of deviation.")
    f.field(
      "discount", &discount, .number(0...1),
      "Weight of each further indicator of one family, as a power.")
    f.field(
      "family_cap", &familyCap, .number(0.1...20),
      "Greatest contribution of a family in nats (ln 3000).")
    f.field(
      "lag_blocks", &lagBlocks, .integer(1...1000), "Blocks that a tip may lag behind.")
    f.field(
      "spacing_seconds", &spacingSeconds, .integer(1...31_536_000),
      "Least time between scans that count as two occasions.")
  }
}
