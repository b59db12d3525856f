import Digests
internal import ElectrumProtocol

/// A Bitcoin node that stands behind servers.
struct NodeSpec: Sendable, Equatable {
  /// A time on blocks that nobody else builds on.
  struct Fork: Sendable, Equatable {
    /// Blocks by which it leaves the others' chain.
    let depth: Int
    /// Epochs, the last not included.
    let epochs: Range<Int>
  }

  let id: String
  /// `minrelaytxfee`. Unit: satoshis per 1,000 virtual bytes.
  var relayFee: Int?
  /// `maxmempool`. Unit: millions of bytes.
  var mempoolMegabytes: Int?
  var fullReplaceByFee: Bool?
  var dataCarrier: Bool?
  /// How often its servers ask it. Unit: seconds.
  var pollSeconds: Int?
  /// Blocks that it is behind.
  var lagBlocks = 0
  var fork: Fork?
  /// Epochs at which it starts anew, its mempool lost.
  var restarts: [Int] = []
  /// Mean epochs between further restarts; nil: none.
  var meanRestart: Double?

  static let keys: Set<String> = [
    "id", "relay_fee", "mempool_mb", "full_rbf", "data_carrier", "poll_seconds", "lag_blocks",
    "fork", "restarts", "mean_restart_epochs",
  ]
  static let forkKeys: Set<String> = ["depth", "from", "until"]

  init(id: String) {
    self.id = id
  }

  init(_ value: WireValue, place: String) throws(ScenarioError) {
    let reader = try ScenarioReader(value, place: place, keys: Self.keys)
    id = try reader.text("id")
    relayFee = try reader.optionalInteger("relay_fee", 0...10_000_000)
    mempoolMegabytes = try reader.optionalInteger("mempool_mb", 1...10_000)
    fullReplaceByFee = try reader.optionalBoolean("full_rbf")
    dataCarrier = try reader.optionalBoolean("data_carrier")
    pollSeconds = try reader.optionalInteger("poll_seconds", 1...3_600)
    lagBlocks = try reader.optionalInteger("lag_blocks", 0...100) ?? 0
    meanRestart = try reader.optionalNumber("mean_restart_epochs", 1...1_000_000)
    restarts = try reader.integers("restarts", 0...1_000_000)
    if let value = reader.value["fork"] {
      let own = try ScenarioReader(value, place: reader.place("fork"), keys: Self.forkKeys)
      let from = try own.optionalInteger("from", 0...1_000_000) ?? 0
      fork = Fork(
        depth: try own.integer("depth", 1...100),
        epochs: from..<(try own.optionalInteger("until", from + 1...1_000_001) ?? .max))
    }
  }
}

/// A wallet whose balance is planted on the chain.
struct WalletSpec: Sendable, Equatable {
  struct Payment: Sendable, Equatable {
    let script: [UInt8]
    /// Satoshis.
    let value: Int
    /// Nil: it stays unconfirmed.
    let height: Int?
    /// Nil: it stays unspent.
    let spentHeight: Int?
  }

  let id: String
  let payments: [Payment]

  static let keys: Set<String> = ["id", "payments"]
  static let paymentKeys: Set<String> = ["script", "value", "height", "spent_height"]

  init(_ value: WireValue, place: String) throws(ScenarioError) {
    let reader = try ScenarioReader(value, place: place, keys: Self.keys)
    id = try reader.text("id")
    var payments: [Payment] = []
    for item in try reader.list("payments") {
      payments.append(try Self.payment(item.value, place: item.place))
    }
    self.payments = payments
  }

  private static func payment(_ value: WireValue, place: String) throws(ScenarioError) -> Payment {
    let reader = try ScenarioReader(value, place: place, keys: paymentKeys)
    let text = try reader.text("script")
    guard let script = Hex.bytes(text), (1...10_000).contains(script.count) else {
      throw ScenarioError(
        .outOfRange, place: reader.place("script"), expected: "a script in hexadecimal",
        found: "\"\(text)\"")
    }
    let height = try reader.optionalInteger("height", 105...1_000_000)
    return Payment(
      script: script, value: try reader.integer("value", 546...2_100_000_000_000_000),
      height: height,
      spentHeight: try reader.optionalInteger("spent_height", (height ?? 105) + 1...1_000_001))
  }
}
