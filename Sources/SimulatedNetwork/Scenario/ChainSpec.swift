internal import Artifact

/// How the chain looks that all servers share.
struct ChainSpec: Sendable, Equatable, FieldObject {
  static let definition: String? = "chain"

  private static let blocksAnHour = 6.0

  var blocks = 120
  var blocksPerEpoch = 36
  private(set) var tipTime = 0

  init() {}

  /// Six blocks an hour, where the scenario does not say otherwise.
  init(epochHours: Double) {
    blocksPerEpoch = Int((epochHours * Self.blocksAnHour).rounded())
  }

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required(
      "blocks", &blocks, .integer(120...20_000), "Height of the tip at epoch 0.")
    f.field(
      "blocks_per_epoch", &blocksPerEpoch, .integer(0...1_000),
      "Blocks that an epoch adds; absent: six an hour.")
    f.required(
      "tip_time", &tipTime, .integer(1_300_000_000...4_000_000_000),
      "Time of the tip at epoch 0, seconds since 1970.")
  }
}

/// A list entry that is no running server: dead, private, unreachable or malformed.
struct PhantomSpec: Sendable, Equatable, FieldObject {
  static let definition: String? = "phantom"

  private(set) var address: String?
  private(set) var site: String?
  private(set) var host: String?
  private(set) var features: [String] = []
  private(set) var toldBy: [String] = []

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.field("address", &address, .text, "Any address; not listened on.")
    f.field("site", &site, .text, "Site to draw a dead address from.")
    f.exactlyOne(of: [["address"], ["site"]])
    f.field("host", &host, .text, "Host; absent: the address.")
    f.field(
      "features", &features, .texts,
      "Features as told, junk included, as v1.4.2, p100, s50002 or t50001.")
    f.field(
      "told_by", &toldBy, .texts,
      "Ids of the servers that tell of it; none: all that tell of peers.")
  }
}
