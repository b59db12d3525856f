internal import Statistics

/// What one node holds of everybody else's transactions, and what it makes of their fees.
struct NodeMarket: Sendable {
  let stream: TransactionStream
  let policy: NodePolicy
  /// Draws of the node.
  let salt: UInt64
  /// Whether it was started anew within the last epoch.
  let restarted: Bool

  /// Part of older transactions that come back to a node after a restart.
  private static let refilled = 0.15
  /// Part of transactions that a node never hears of.
  private static let unheard = 0.004

  /// Highest fee rate first, and the rate below which the node let transactions go for want of room.
  func held() -> (entries: [TransactionStream.Entry], evicted: Double?) {
    var room = policy.mempoolBytes
    var entries: [TransactionStream.Entry] = []
    for entry in stream.held.entries where holds(entry) {
      room -= entry.memoryBytes
      if room < 0 { return (entries, entry.rate) }
      entries.append(entry)
    }
    return (entries, nil)
  }

  /// The rate below which the node let transactions go for want of room.
  var evicted: Double? {
    stream.held.memoryBytes <= policy.mempoolBytes ? nil : held().evicted
  }

  private func holds(_ entry: TransactionStream.Entry) -> Bool {
    guard entry.fee >= policy.minimumRelayFee.fee(virtualSize: entry.virtualSize),
      entry.dataBytes == 0 || policy.dataCarrier && entry.dataBytes <= policy.dataCarrierBytes
    else { return false }
    let takesReplacement = policy.fullReplaceByFee || entry.signalsReplacement
    let heardFor = hearing(entry.identity)
    guard entry.age > heardFor, draw(entry.identity, 1) >= Self.unheard else { return false }
    if restarted, entry.age > restartAge, draw(entry.identity, 2) >= Self.refilled { return false }
    if let replacedAge = entry.replacedAge {
      // The replacement is held in its place.
      let isReplaced =
        takesReplacement && replacedAge > hearing(entry.identity + 1)
        && draw(entry.identity + 1, 1) >= Self.unheard
      if isReplaced { return false }
    }
    return entry.replaces == nil || takesReplacement
  }

  /// Seconds from sending to the server's next question to its node.
  private func hearing(_ identity: UInt64) -> Double {
    2 + 8 * draw(identity, 3) + Double(policy.pollSeconds) * draw(0, 4)
  }

  /// Seconds since the node's start, where it was started anew.
  private var restartAge: Double {
    600 + (TransactionStream.secondsPerEpoch - 1_200)
      * draw(UInt64(bitPattern: Int64(stream.epoch)), 5)
  }

  /// Uniform in [0, 1), the same for the same node, number and purpose.
  private func draw(_ number: UInt64, _ purpose: UInt64) -> Double {
    var mixer = SplitMix64(seed: salt ^ number &* 0xBF58_476D_1CE4_E5B9 ^ purpose << 58)
    return mixer.nextUnit()
  }

  /// `estimatesmartfee`: falls with the target, follows the market at once for short targets and
  /// over two days for long ones; each node has seen a little else. A conservative one keeps the
  /// highest level of two days.
  func estimate(blocks: Int) -> FeeRate {
    let step = Self.targets.last { $0.blocks <= blocks } ?? Self.targets[0]
    let blended = (1 - step.memory) * stream.level + step.memory * stream.longLevel
    let economical = stream.longLevel > stream.level ? stream.level : blended
    let level = policy.estimation == .conservative ? stream.peakLevel : economical
    let own = (0.97 + 0.06 * draw(1, 6)) * Double(policy.estimatePercent) / 100
    return FeeRate(
      satoshisPerKilobyte: Int((1_000 * own * step.factor * Exponential.of(level)).rounded()))
  }

  /// Rate against the level of the market, and how much of it is of the past, by target.
  private static let targets: [(blocks: Int, factor: Double, memory: Double)] = [
    (1, 1.9, 0), (2, 1.7, 0), (3, 1.5, 0.05), (4, 1.38, 0.1), (6, 1.2, 0.15), (10, 0.98, 0.25),
    (25, 0.7, 0.4), (72, 0.5, 0.6), (144, 0.36, 0.8), (504, 0.24, 1), (1_008, 0.2, 1),
  ]
}
