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
  public private(set) var wallets = 2_000
  public private(set) var sybilWallets = 100
  public private(set) var losses = 1
  public private(set) var torShare = 0.0
  public private(set) var walletList = "electrum:mainnet"
  public private(set) var exposureFile = ""
  public private(set) var eventsFile = ""

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
    exposureFields(&f)
  }

  private mutating func exposureFields<F: Fields>(_ f: inout F) {
    f.field(
      "wallets", &wallets, .integer(1...1_000_000),
      "Wallets simulated for exposure, of 30 sessions each; a quarter of them for each other assumption."
    )
    f.field(
      "sybil_wallets", &sybilWallets, .integer(0...1_000_000),
      "Wallets simulated for each row of the cost of added servers; 0: no rows.")
    f.field(
      "losses", &losses, .integer(0...100),
      "Connections that a wallet is assumed to lose in a session; how many real ones lose is not known."
    )
    f.field(
      "tor_share", &torShare, .number(0...1), "Share of simulated wallets that use Tor.")
    f.field(
      "wallet_list", &walletList, .text,
      "Name of the bootstrap list that wallets have hard-coded; if the scan has none of that name, its first one."
    )
    f.field(
      "exposure_file", &exposureFile, .text,
      "Prices of addresses and networks of analytics companies (`exposure.v1`); empty: none.")
    f.field(
      "events_file", &eventsFile, .text,
      "Events that public sources tell of, each with its date and source (`events.v1`); empty: none."
    )
  }
}
