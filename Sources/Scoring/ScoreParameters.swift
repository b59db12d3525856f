import Artifact
public import StageKit

/// What `score` is told.
public struct ScoreParameters: StageParameters {
  public let seed: Int
  /// Bootstrap replicates of each concentration index.
  public let replicates: Int
  /// Prior probability of deviation (methods 6.3, π0).
  public let prior: Double
  /// Discount of the second, third, … indicator of a family (δ).
  public let discount: Double
  /// Greatest contribution of a family, in nats.
  public let familyCap: Double
  /// Blocks that a tip may lag.
  public let lagBlocks: Int
  /// Domains whose wallet downloads are the project's own.
  public let walletDomains: [String]

  public static let fields = [
    ParameterField(
      "seed", .integer(0...Int.max), default: .integer(20_251_122),
      "Seed of all chance in the stage."),
    ParameterField(
      "replicates", .integer(100...1_000_000), default: .integer(2000),
      "Bootstrap replicates of each concentration index."),
    ParameterField(
      "prior", .number(0.0001...0.5), default: .number(0.02), "Prior probability of deviation."),
    ParameterField(
      "discount", .number(0...1), default: .number(0.4),
      "Weight of each further indicator of one family, as a power."),
    ParameterField(
      "family_cap", .number(0.1...20), default: .number(8.006),
      "Greatest contribution of a family in nats (ln 3000)."),
    ParameterField(
      "lag_blocks", .integer(1...1000), default: .integer(3), "Blocks that a tip may lag behind."),
    ParameterField(
      "wallet_domains", .texts,
      default: .array([.string("electrum.org"), .string("github.com")]),
      "Domains from which a banner may offer a wallet."),
  ]

  public init(_ values: ParameterValues) throws(StageError) {
    seed = try values.integer("seed")
    replicates = try values.integer("replicates")
    prior = try values.number("prior")
    discount = try values.number("discount")
    familyCap = try values.number("family_cap")
    lagBlocks = try values.integer("lag_blocks")
    walletDomains = try values.texts("wallet_domains")
  }
}
