internal import ElectrumProtocol
internal import Statistics

/// Decides what each block holds: whose coinbase it is and which payments it takes. Called once for
/// each height in order.
struct BlockPlanner {
  typealias Outpoint = SimulatedTransaction.Outpoint
  typealias Output = SimulatedTransaction.Output

  /// A payment of one block.
  struct Planned {
    let transaction: SimulatedTransaction
    /// Satoshis.
    let fee: Int64
    /// Height of the tip with which it is first heard of; nil: not before its block.
    let announced: Int?
  }

  /// An output that can be spent.
  struct Coin {
    let outpoint: Outpoint
    let output: Output
    let height: Int
  }

  /// Most blocks between a payment's announcement and its block.
  static let longestWait = 12
  static let subsidy: Int64 = 50_0000_0000
  static let maturity = 100
  /// Blocks in which the probed scripts' payments come round.
  private static let period = 12
  /// The first block that can hold three transactions: one of fewer has a tree of one level at most,
  /// in which nobody can lie about a branch's second hash.
  private static let firstFullBlock = maturity + 2
  /// Blocks from one coin that is split for the fillers to the next, and its parts.
  private static let splitPeriod = 120
  private static let splitParts = 180
  private static let fillersABlock = 2

  private let plan: ChainPlan
  private let people = (0..<40).map { index in
    ScriptKind.allCases[index % 5].script(of: "somebody \(index)")
  }
  private let miners = ScriptKind.allCases.map { $0.script(of: "miner \($0.rawValue)") }
  private let probed: [String: [UInt8]]

  /// Coinbases of miners, what was paid to each probed script, and parts of split coins, oldest first.
  var minerCoins = CoinQueue()
  private var keyCoins = CoinQueue()
  private var taprootCoins = CoinQueue()
  private var legacyCoins = CoinQueue()
  private var fanOut = CoinQueue()
  private var parts = CoinQueue()
  private var wallets: WalletPayments

  init(_ plan: ChainPlan) {
    self.plan = plan
    wallets = WalletPayments(plan.payments)
    probed = Dictionary(
      TestScript.probed.map { ($0.name, $0.scriptPubKey) }, uniquingKeysWith: { first, _ in first })
  }

  /// Payments that wait for ever.
  var neverMined: [SimulatedChain.Announcement] { wallets.neverMined }

  /// A seed for one block and purpose; a branch draws anew from its first own block on.
  func seed(of height: Int, purpose: UInt64) -> UInt64 {
    let branch = plan.isBranched(height) ? plan.branch?.salt ?? 0 : 0
    var mixer = SplitMix64(seed: plan.seed ^ branch &* 0x9E6C_63D0_876A_3F6B)
    return mixer.next() ^ (UInt64(height) &* 0xD6E8_FEB8_6659_FD93) ^ (purpose << 56)
  }

  /// The coinbase of the block at `height`, which becomes spendable a hundred blocks later.
  mutating func coinbase(at height: Int, witnessRoot: [UInt8]?) -> SimulatedTransaction {
    var outputs = [
      Output(value: Self.subsidy, scriptPubKey: miners[height % miners.count])
    ]
    outputs += wallets.unfunded(at: height)
    var extraNonce = Array("/regtest/".utf8)
    if plan.isBranched(height), let salt = plan.branch?.salt {
      extraNonce += (0..<8).map { UInt8(truncatingIfNeeded: salt >> (8 * $0)) }
    }
    let transaction = SimulatedTransaction(
      coinbaseAt: height, extraNonce: extraNonce, outputs: outputs, witnessRoot: witnessRoot)
    let coin = Coin(
      outpoint: Outpoint(transaction: transaction.identifier, index: 0), output: outputs[0],
      height: height)
    minerCoins.append(coin)
    return transaction
  }

  /// Everything but the coinbase, parents before children.
  mutating func payments(at height: Int) -> [Planned] {
    var result: [Planned] = []
    if height % Self.splitPeriod == Self.maturity + 1 { result += split(at: height) }
    if height >= Self.firstFullBlock {
      let probedPayments = probedPayments(at: height)
      if !probedPayments.isEmpty { result += probedPayments + fillers(at: height) }
    }
    if height == SizedScript.fanOutHeight { result += fanOutPayment(at: height) }
    for script in SizedScript.all {
      for _ in 0..<script.share(at: height) {
        guard let coin = fanOut.next(at: height, maturity: 1) else { continue }
        result.append(Self.payment([coin], to: [script.scriptPubKey], fee: 500, announced: nil))
      }
    }
    result += wallets.payments(at: height, funding: &minerCoins)
    if height % 5 == 0, height > Self.maturity + 4 { result += commerce(at: height) }
    return result
  }

  private mutating func probedPayments(at height: Int) -> [Planned] {
    switch height % Self.period {
    case 1: fund("p2wpkh", at: height)
    case 2: legacyPayment(at: height)
    case 5: fund("p2tr", at: height)
    case 8: keyPayments(at: height)
    case 9: fund("p2pkh", at: height)
    case 11: taprootPayments(at: height)
    default: []
    }
  }

  /// A miner pays a probed script.
  private mutating func fund(_ name: String, at height: Int) -> [Planned] {
    guard let script = probed[name],
      let coin = minerCoins.next(at: height, maturity: Self.maturity)
    else { return [] }
    let payment = Self.payment([coin], to: [script], fee: 1_000, announced: nil)
    let paid = Coin(
      outpoint: Outpoint(transaction: payment.transaction.identifier, index: 0),
      output: payment.transaction.outputs[0], height: height)
    switch name {
    case "p2wpkh": keyCoins.append(paid)
    case "p2tr": taprootCoins.append(paid)
    default: legacyCoins.append(paid)
    }
    return [payment]
  }

  private mutating func split(at height: Int) -> [Planned] {
    guard let coin = minerCoins.next(at: height, maturity: Self.maturity) else { return [] }
    let payment = Self.payment(
      [coin], to: [[UInt8]](repeating: SizedScript.fanOutScript, count: Self.splitParts),
      fee: 100_000, announced: nil)
    for (index, output) in payment.transaction.outputs.enumerated() {
      parts.append(
        Coin(
          outpoint: Outpoint(transaction: payment.transaction.identifier, index: index),
          output: output, height: height))
    }
    return [payment]
  }

  /// Payments that fill a block up; the published scripts that no other payment touches come round.
  private mutating func fillers(at height: Int) -> [Planned] {
    (0..<Self.fillersABlock).compactMap { place in
      guard let coin = parts.next(at: height, maturity: 1) else { return nil }
      let others = TestScript.published
      let payee = others[(Self.fillersABlock * height + place) % others.count].scriptPubKey
      return Self.payment([coin], to: [payee], fee: 500, announced: nil)
    }
  }

  /// The probed P2WPKH script pays the probed P2PKH script, and what is left of it the probed P2TR
  /// script, before the first is in a block.
  private mutating func keyPayments(at height: Int) -> [Planned] {
    guard let coin = keyCoins.next(at: height, maturity: Self.longestWait),
      let key = probed["p2wpkh"], let legacy = probed["p2pkh"], let taproot = probed["p2tr"]
    else { return [] }
    let announced = height - Self.longestWait
    let fee: Int64 = 10_000
    let gift: Int64 = 10_0000_0000
    let first = SimulatedTransaction(
      spending: [(coin.outpoint, coin.output.scriptPubKey)],
      outputs: [
        Output(value: gift, scriptPubKey: legacy),
        Output(value: coin.output.value - gift - fee, scriptPubKey: key),
      ])
    let change = Coin(
      outpoint: Outpoint(transaction: first.identifier, index: 1), output: first.outputs[1],
      height: height)
    return [
      Planned(transaction: first, fee: fee, announced: announced),
      Self.payment([change], to: [taproot], fee: fee, announced: announced),
    ]
  }

  private mutating func taprootPayments(at height: Int) -> [Planned] {
    guard let coin = taprootCoins.next(at: height, maturity: Self.longestWait),
      let key = probed["p2wpkh"]
    else { return [] }
    let announced = height - Self.longestWait
    return [Self.payment([coin], to: [key], fee: 1_000, announced: announced)]
  }

  /// Not heard of before its block, so that the mempool holds three payments of probed scripts.
  private mutating func legacyPayment(at height: Int) -> [Planned] {
    guard let coin = legacyCoins.next(at: height, maturity: 1),
      let legacy = probed["p2pkh"]
    else { return [] }
    let payee = people[height % people.count]
    return [Self.payment([coin], to: [payee, legacy], fee: 2_000, announced: nil)]
  }

  private mutating func fanOutPayment(at height: Int) -> [Planned] {
    guard let coin = minerCoins.next(at: height, maturity: Self.maturity) else { return [] }
    let count = SizedScript.fanOutOutputs
    let payment = Self.payment(
      [coin], to: [[UInt8]](repeating: SizedScript.fanOutScript, count: count), fee: 1_000_000,
      announced: nil)
    for (index, output) in payment.transaction.outputs.enumerated() {
      fanOut.append(
        Coin(
          outpoint: Outpoint(transaction: payment.transaction.identifier, index: index),
          output: output, height: height))
    }
    return [payment]
  }

  /// Miners pay people: one or two inputs, two to four outputs of all kinds.
  private mutating func commerce(at height: Int) -> [Planned] {
    var random = SplitMix64(seed: seed(of: height, purpose: 2))
    let wanted = 1 + random.nextIndex(below: 2)
    let coins = (0..<wanted).compactMap { _ in
      minerCoins.next(at: height, maturity: Self.maturity)
    }
    guard !coins.isEmpty else { return [] }
    let payees = (0..<2 + random.nextIndex(below: 3)).map { _ in
      people[random.nextIndex(below: people.count)]
    }
    let fee = Int64(400 * (2 + random.nextIndex(below: 40)))
    let wait = 1 + random.nextIndex(below: Self.longestWait)
    let youngest = coins.map(\.height).max() ?? 0
    return [
      Self.payment(
        coins, to: payees, fee: fee, announced: max(height - wait, youngest + Self.maturity - 1))
    ]
  }

  /// All of the coins, less the fee, in equal parts; the last takes what does not divide.
  static func payment(
    _ coins: [Coin], to scripts: [[UInt8]], fee: Int64, announced: Int?
  ) -> Planned {
    let total = coins.reduce(0) { $0 + $1.output.value } - fee
    let part = total / Int64(scripts.count)
    let rest = total - part * Int64(scripts.count)
    let outputs = scripts.enumerated().map { index, script in
      Output(
        value: index == scripts.count - 1 ? part + rest : part, scriptPubKey: script)
    }
    let transaction = SimulatedTransaction(
      spending: coins.map { ($0.outpoint, $0.output.scriptPubKey) }, outputs: outputs)
    return Planned(transaction: transaction, fee: fee, announced: announced)
  }
}

/// Coins in the order in which they can be spent.
struct CoinQueue {
  private var coins: [BlockPlanner.Coin] = []
  private var taken = 0

  mutating func append(_ coin: BlockPlanner.Coin) { coins.append(coin) }

  /// The oldest coin, if it is `maturity` blocks old at `height`.
  mutating func next(at height: Int, maturity: Int) -> BlockPlanner.Coin? {
    guard taken < coins.count, coins[taken].height + maturity <= height else { return nil }
    taken += 1
    return coins[taken - 1]
  }
}
