import Digests
internal import ElectrumProtocol
import Ordering

/// A transaction of a script that no block holds yet, as `get_mempool` lists it.
package struct MempoolEntry: Sendable, Equatable {
  /// Id as printed.
  package let transaction: String
  /// 0, or -1 where a parent is unconfirmed too.
  package let height: Int
  /// Satoshis.
  package let fee: Int64
}

/// In which order a server puts unconfirmed transactions into histories and statuses.
package enum MempoolOrder: Sendable {
  /// Height 0 before -1, then by id: protocol 1.6, ElectrumX from 1.19 on and Fulcrum.
  case byHeightThenID
  /// As they came: ElectrumX before.
  case asInserted
}

/// The transactions of the simulated chain's scripts that a node holds unconfirmed.
package struct Mempool: Sendable {
  package struct Pooled: Sendable {
    package let transaction: SimulatedTransaction
    /// Satoshis.
    package let fee: Int64
    package let hasUnconfirmedParent: Bool

    package var entry: MempoolEntry {
      MempoolEntry(
        transaction: transaction.text, height: hasUnconfirmedParent ? -1 : 0, fee: fee)
    }
  }

  /// As inserted.
  package private(set) var transactions: [Pooled] = []
  /// Places in `transactions` by id as printed, by touched script and by spent output.
  private var byText: [String: Int] = [:]
  private var byScript: [Scripthash: [Int]] = [:]
  private var bySpent: [SimulatedTransaction.Outpoint: Int] = [:]

  package init() {}

  /// What nodes with this tip have heard of and no block holds, if it pays enough to be relayed.
  init(of chain: SimulatedChain, tip: Int, policy: NodePolicy) {
    let waiting = chain.announcements.enumerated().filter { _, announcement in
      announcement.announced <= tip && (announcement.mined ?? .max) > tip
    }
    let asHeard = waiting.sorted {
      ($0.element.announced, $0.offset) < ($1.element.announced, $1.offset)
    }
    for (_, announcement) in asHeard {
      let transaction = announcement.transaction
      guard
        announcement.fee
          >= policy.minimumRelayFee.fee(virtualSize: transaction.virtualSize)
      else { continue }
      insert(transaction, fee: announcement.fee, over: chain)
    }
  }

  private mutating func insert(
    _ transaction: SimulatedTransaction, fee: Int64, over chain: SimulatedChain
  ) {
    let place = transactions.count
    var touched: [Scripthash] = []
    var hasParent = false
    for input in transaction.inputs {
      bySpent[input] = place
      let parent = Hex.text(input.transaction.reversed())
      hasParent = hasParent || byText[parent] != nil
      if let output = output(of: input, over: chain) {
        touched.append(Scripthash(scriptPubKey: output.scriptPubKey))
      }
    }
    for output in transaction.outputs where output.isSpendable {
      touched.append(Scripthash(scriptPubKey: output.scriptPubKey))
    }
    for (index, hash) in touched.enumerated() where touched.firstIndex(of: hash) == index {
      byScript[hash, default: []].append(place)
    }
    byText[transaction.text] = place
    transactions.append(.init(transaction: transaction, fee: fee, hasUnconfirmedParent: hasParent))
  }

  /// As inserted.
  func transactions(of hash: Scripthash) -> [Pooled] {
    (byScript[hash] ?? []).map { transactions[$0] }
  }

  func transaction(_ text: String) -> Pooled? {
    byText[text].map { transactions[$0] }
  }

  func spender(of outpoint: SimulatedTransaction.Outpoint) -> Pooled? {
    bySpent[outpoint].map { transactions[$0] }
  }

  /// The output that an input spends, unconfirmed or in a block of whatever height.
  func output(
    of outpoint: SimulatedTransaction.Outpoint, over chain: SimulatedChain
  ) -> SimulatedTransaction.Output? {
    let parent = Hex.text(outpoint.transaction.reversed())
    let transaction = transaction(parent)?.transaction ?? chain.transaction(parent)
    guard let outputs = transaction?.outputs, outputs.indices.contains(outpoint.index) else {
      return nil
    }
    return outputs[outpoint.index]
  }
}
