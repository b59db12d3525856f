internal import ElectrumProtocol

/// Makes the planted payments: miners' coins are split into one purse a payment, and each purse
/// pays its wallet in the block that the scenario names.
struct WalletPayments {
  private(set) var neverMined: [SimulatedChain.Announcement] = []
  private let payments: [PlantedPayment]
  /// The coin that will make each payment, by the payment's place in the list.
  private var purses: [Int: BlockPlanner.Coin] = [:]
  /// The wallet's coin that each payment made.
  private var paid: [Int: BlockPlanner.Coin] = [:]
  private var funded = 0

  private static let fee: Int64 = 800
  /// What a purse holds over the payment and its fee, and gets back.
  private static let change: Int64 = 60_000
  private static let treasury = ScriptKind.p2wpkh.script(of: "treasury")
  private static let merchant = ScriptKind.p2tr.script(of: "merchant")
  /// Purses that one transaction fills at most.
  private static let pursesAtOnce = 200

  init(_ payments: [PlantedPayment]) {
    self.payments = payments
  }

  mutating func payments(at height: Int, funding coins: inout CoinQueue) -> [BlockPlanner.Planned] {
    guard !payments.isEmpty else { return [] }
    var result: [BlockPlanner.Planned] = []
    for (place, payment) in payments.enumerated() {
      if payment.height == height, let purse = purses.removeValue(forKey: place) {
        result.append(pay(payment, place: place, from: purse, at: height))
      }
      if payment.height == nil, let purse = purses[place], purse.height < height {
        purses.removeValue(forKey: place)
        let planned = pay(payment, place: place, from: purse, at: height)
        neverMined.append(
          .init(
            transaction: planned.transaction, fee: planned.fee, announced: height, mined: nil))
      }
      if payment.spentHeight == height, let coin = paid.removeValue(forKey: place) {
        result.append(
          BlockPlanner.payment(
            [coin], to: [Self.merchant], fee: min(Self.fee, coin.output.value - 1),
            announced: height - 1))
      }
    }
    if funded < payments.count { result += fund(at: height, from: &coins) }
    return result
  }

  /// Outputs to wallets that the coinbase of the same block must make, as no purse held enough in
  /// time. They stay unspent.
  func unfunded(at height: Int) -> [SimulatedTransaction.Output] {
    payments.enumerated().filter { $1.height == height && paid[$0] == nil }.map { _, payment in
      .init(value: payment.value, scriptPubKey: payment.scriptPubKey)
    }
  }

  private mutating func pay(
    _ payment: PlantedPayment, place: Int, from purse: BlockPlanner.Coin, at height: Int
  ) -> BlockPlanner.Planned {
    let transaction = SimulatedTransaction(
      spending: [(purse.outpoint, purse.output.scriptPubKey)],
      outputs: [
        .init(value: payment.value, scriptPubKey: payment.scriptPubKey),
        .init(
          value: purse.output.value - payment.value - Self.fee, scriptPubKey: Self.treasury),
      ])
    paid[place] = BlockPlanner.Coin(
      outpoint: .init(transaction: transaction.identifier, index: 0),
      output: transaction.outputs[0], height: height)
    return .init(transaction: transaction, fee: Self.fee, announced: height - 1)
  }

  /// Fills as many purses as one mature coin allows.
  private mutating func fund(
    at height: Int, from coins: inout CoinQueue
  ) -> [BlockPlanner.Planned] {
    guard height > SizedScript.fanOutHeight,
      let coin = coins.next(at: height, maturity: BlockPlanner.maturity)
    else { return [] }
    var outputs: [SimulatedTransaction.Output] = []
    var left = coin.output.value - 100_000
    let first = funded
    while funded < payments.count, outputs.count < Self.pursesAtOnce {
      let value = payments[funded].value + Self.fee + Self.change
      guard value <= left else { break }
      outputs.append(.init(value: value, scriptPubKey: Self.treasury))
      left -= value
      funded += 1
    }
    if outputs.isEmpty { funded += 1 }
    outputs.append(.init(value: left, scriptPubKey: Self.treasury))
    let transaction = SimulatedTransaction(
      spending: [(coin.outpoint, coin.output.scriptPubKey)], outputs: outputs)
    for place in first..<first + outputs.count - 1 {
      let index = place - first
      purses[place] = BlockPlanner.Coin(
        outpoint: .init(transaction: transaction.identifier, index: index),
        output: outputs[index], height: height)
    }
    return [.init(transaction: transaction, fee: 100_000, announced: nil)]
  }
}
