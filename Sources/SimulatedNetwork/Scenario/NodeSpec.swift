internal import Artifact
import Digests
internal import ElectrumProtocol
internal import SimulatedChain

/// A Bitcoin node that stands behind servers.
struct NodeSpec: Sendable, Equatable, FieldObject {
  /// A time on blocks that nobody else builds on.
  struct Fork: Sendable, Equatable, FieldObject {
    private var depth: Int?
    private var height: Int?
    /// Whether everybody knows where it left.
    private(set) var isKnown = false
    private var from = 0
    private var until: Int?

    init() {}

    mutating func fields<F: Fields>(_ f: inout F) {
      f.field(
        "depth", &depth, .integer(1...100),
        "Blocks under the tip of its first epoch at which it leaves the others' chain.")
      f.field(
        "height", &height, .integer(1...1_000_000), "Height of the last block that it shares.")
      f.exactlyOne(of: [["depth"], ["height"]])
      f.field(
        "known", &isKnown, .flag,
        "Whether the scans are told where the chains split, as of the splits of mainnet.")
      f.field("from", &from, .integer(0...1_000_000), "First epoch.")
      f.field(
        "until", &until, .integer(1...1_000_001),
        "First epoch at which it is back; absent: never.")
      f.check(
        "until", (until ?? .max) > from, expected: "an epoch after the first",
        found: "\(until ?? 0)")
    }

    /// Height of the last block that it shares.
    func lastShared(tip: Int) -> Int { max(0, min(height ?? tip - (depth ?? 1), tip)) }

    /// The last not included.
    var epochs: Range<Int> { from..<max(from, until ?? .max) }
  }

  static let definition: String? = "node"

  private(set) var id = ""
  private(set) var relayFee: Int?
  private(set) var mempoolMegabytes: Int?
  private(set) var fullReplaceByFee: Bool?
  private(set) var dataCarrier: Bool?
  private(set) var pollSeconds: Int?
  private(set) var estimation = FeeEstimation.economical
  private(set) var estimatePercent = 100
  private(set) var lagBlocks = 0
  private(set) var fork: Fork?
  private(set) var restarts: [Int] = []
  private(set) var meanRestart: Double?

  init() {}

  init(id: String) {
    self.id = id
  }

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("id", &id, .text, "Name of the node.")
    f.field(
      "relay_fee", &relayFee, .integer(0...10_000_000),
      "minrelaytxfee, satoshis per 1,000 virtual bytes.")
    f.field(
      "mempool_mb", &mempoolMegabytes, .integer(1...10_000), "maxmempool, millions of bytes.")
    f.field("full_rbf", &fullReplaceByFee, .flag, "mempoolfullrbf.")
    f.field("data_carrier", &dataCarrier, .flag, "datacarrier.")
    f.field(
      "poll_seconds", &pollSeconds, .integer(1...3_600), "How often its servers ask it.")
    f.field(
      "estimates", &estimation, .word,
      "How it estimates fees: economical follows a falling market at once, conservative hours later; "
        + "unready does not know.")
    f.field(
      "estimate_percent", &estimatePercent, .integer(10...1_000),
      "Its fee estimates, percent of a usual node's.")
    f.field("lag_blocks", &lagBlocks, .integer(0...100), "Blocks that it is behind.")
    f.field("fork", &fork, .object, "A time on blocks that nobody else builds on.")
    f.field(
      "restarts", &restarts, .list(.integer(0...1_000_000)),
      "Epochs at which it starts anew, its mempool lost.")
    f.field(
      "mean_restart_epochs", &meanRestart, .number(1...1_000_000),
      "Mean epochs between further restarts; absent: none.")
  }
}

/// A wallet whose balance is planted on the chain.
struct WalletSpec: Sendable, Equatable, FieldObject {
  struct Payment: Sendable, Equatable, FieldObject {
    private(set) var script: [UInt8] = []
    /// Satoshis.
    private(set) var value = 546
    private(set) var height: Int?
    private(set) var spentHeight: Int?

    init() {}

    mutating func fields<F: Fields>(_ f: inout F) {
      f.required("script", &script, .script, "scriptPubKey in hexadecimal.")
      f.required("value", &value, .integer(546...2_100_000_000_000_000), "Satoshis.")
      f.field(
        "height", &height, .integer(105...1_000_000),
        "Block that pays it; absent: it stays unconfirmed.")
      f.field(
        "spent_height", &spentHeight, .integer(106...1_000_001),
        "Block that spends it again; absent: none.")
      f.check(
        "spent_height", (spentHeight ?? .max) > (height ?? 105),
        expected: "a block after the one that pays it", found: "\(spentHeight ?? 0)")
    }
  }

  static let definition: String? = "wallet"

  private(set) var id = ""
  private(set) var payments: [Payment] = []

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("id", &id, .text, "Name of the wallet.")
    f.field("payments", &payments, .list(.object), "What the chain pays it.")
  }
}

extension FieldForm where Value == [UInt8] {
  fileprivate static var script: FieldForm {
    FieldForm<String>.text.converted(
      expected: "a script in hexadecimal", .outOfRange,
      constraint: [("pattern", .string("^([0-9a-fA-F]{2})+$"))],
      into: { text in
        Hex.bytes(text).flatMap { (1...10_000).contains($0.count) ? $0 : nil }
      }, from: { Hex.text($0) })
  }
}
