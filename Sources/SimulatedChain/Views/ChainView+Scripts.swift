import Digests
package import ElectrumProtocol
import Ordering

/// An output that a script can spend, as `listunspent` lists it.
package struct UnspentOutput: Sendable, Equatable {
  /// Id as printed.
  package let transaction: String
  package let index: Int
  /// 0 while unconfirmed.
  package let height: Int
  /// Satoshis.
  package let value: Int64
}

extension ChainView {
  /// Nil if no block up to the tip touches the script. Knows nothing of lies.
  package func ledger(_ hash: Scripthash) -> ScriptLedger? {
    chain.ledgers[hash]
  }

  /// Confirmed transactions of a script in the chain's order.
  package func history(_ hash: Scripthash) -> [ScriptLedger.Entry] {
    let honest = chain.ledgers[hash]?.history(upTo: tip) ?? []
    return lies.told(honest, of: hash)
  }

  /// Confirmed outputs that no block spends.
  package func unspent(_ hash: Scripthash) -> [ScriptLedger.Coin] {
    guard let ledger = chain.ledgers[hash] else { return [] }
    guard lies.omittedShare > 0 else { return ledger.unspent(upTo: tip) }
    return ledger.coins.filter { coin in
      coin.created <= tip && !lies.omits(coin.transaction) && !isSpentAsTold(coin)
    }
  }

  /// Whether a block spends the coin in a transaction that the server tells of.
  private func isSpentAsTold(_ coin: ScriptLedger.Coin) -> Bool {
    guard let spent = coin.spent, spent <= tip else { return false }
    guard let spend = chain.spends[outpoint(coin.transaction, coin.index)] else { return true }
    return !lies.omits(spend.transaction)
  }

  private func outpoint(_ transaction: String, _ index: Int) -> SimulatedTransaction.Outpoint {
    .init(transaction: (Hex.bytes(transaction) ?? []).reversed(), index: index)
  }

  /// Confirmed satoshis.
  package func balance(_ hash: Scripthash) -> Int64 {
    lies.omittedShare > 0
      ? unspent(hash).reduce(0) { $0 + $1.value } : chain.ledgers[hash]?.balance(upTo: tip) ?? 0
  }

  /// Unconfirmed transactions of a script, height 0 before -1, then by id.
  package func mempoolEntries(_ hash: Scripthash) -> [MempoolEntry] {
    mempoolEntries(hash, .byHeightThenID)
  }

  package func mempoolEntries(_ hash: Scripthash, _ order: MempoolOrder) -> [MempoolEntry] {
    let entries = node.mempool.transactions(of: hash).map(\.entry)
    return switch order {
    case .asInserted: entries
    case .byHeightThenID:
      entries.sorted { (-$0.height, $0.transaction) < (-$1.height, $1.transaction) }
    }
  }

  /// Satoshis that the mempool adds to the confirmed balance, or takes from it.
  package func unconfirmedBalance(_ hash: Scripthash) -> Int64 {
    node.mempool.transactions(of: hash).reduce(0) { sum, pooled in
      let transaction = pooled.transaction
      let gained = transaction.outputs.reduce(Int64(0)) { $0 + value($1, of: hash) }
      let spent = transaction.inputs.reduce(Int64(0)) { sum, input in
        let parent = Hex.text(input.transaction.reversed())
        guard !lies.omits(parent), let output = node.mempool.output(of: input, over: chain) else {
          return sum
        }
        return sum + value(output, of: hash)
      }
      return sum + gained - spent
    }
  }

  private func value(_ output: SimulatedTransaction.Output, of hash: Scripthash) -> Int64 {
    Scripthash(scriptPubKey: output.scriptPubKey) == hash ? output.value : 0
  }

  /// Outputs of unconfirmed transactions that no unconfirmed transaction spends.
  package func unconfirmedUnspent(_ hash: Scripthash) -> [UnspentOutput] {
    node.mempool.transactions(of: hash).flatMap { pooled in
      pooled.transaction.outputs.enumerated().compactMap { index, output in
        let outpoint = SimulatedTransaction.Outpoint(
          transaction: pooled.transaction.identifier, index: index)
        guard Scripthash(scriptPubKey: output.scriptPubKey) == hash,
          node.mempool.spender(of: outpoint) == nil
        else { return nil }
        return UnspentOutput(
          transaction: pooled.transaction.text, index: index, height: 0, value: output.value)
      }
    }
  }

  /// All that `listunspent` lists: confirmed outputs that nothing spends, then unconfirmed ones.
  package func spendable(_ hash: Scripthash) -> [UnspentOutput] {
    let pooled = node.mempool.transactions(of: hash)
    let inUse = Set(pooled.flatMap(\.transaction.inputs))
    let confirmed = unspent(hash).filter {
      inUse.isEmpty || !inUse.contains(outpoint($0.transaction, $0.index))
    }
    return confirmed.map {
      UnspentOutput(
        transaction: $0.transaction, index: $0.index, height: $0.created, value: $0.value)
    } + unconfirmedUnspent(hash)
  }

  /// The status with unconfirmed transactions in the order of newer servers.
  package func status(_ hash: Scripthash) -> String? { status(hash, mempool: .byHeightThenID) }

  /// SHA-256 of `txid:height:` over the history and the mempool, or nil for an untouched script.
  package func status(_ hash: Scripthash, mempool order: MempoolOrder) -> String? {
    var text = ""
    for entry in history(hash) { text += "\(entry.transaction):\(entry.height):" }
    for entry in mempoolEntries(hash, order) { text += "\(entry.transaction):\(entry.height):" }
    if text.isEmpty { return nil }
    if lies.falsifiesStatus { text += "\(lies.salt)" }
    return Hex.text(SHA256.digest(Array(text.utf8)))
  }
}
