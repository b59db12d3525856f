internal import ElectrumProtocol

/// What blocks have done so far, by script, transaction and output.
struct ChainBook {
  private(set) var ledgers: [Scripthash: ScriptLedger] = [:]
  private(set) var locations: [String: SimulatedChain.Location] = [:]
  private(set) var spends: [SimulatedTransaction.Outpoint: SimulatedChain.Spend] = [:]
  /// Whose coin an unspent output is, and its place in that ledger.
  private var owners: [SimulatedTransaction.Outpoint: (hash: Scripthash, coin: Int)] = [:]
  private var hashes: [[UInt8]: Scripthash] = [:]

  mutating func enter(_ transaction: SimulatedTransaction, height: Int, position: Int) {
    locations[transaction.text] = .init(height: height, position: position)
    var touched: [Scripthash] = []
    for input in transaction.inputs {
      spends[input] = .init(height: height, transaction: transaction.text)
      guard let owner = owners.removeValue(forKey: input) else { continue }
      ledgers[owner.hash]?.coins[owner.coin].spent = height
      if !touched.contains(owner.hash) { touched.append(owner.hash) }
    }
    let fansOut = transaction.outputs.count > 100
    for (index, output) in transaction.outputs.enumerated() where output.isSpendable {
      let hash = scripthash(output.scriptPubKey)
      let outpoint = SimulatedTransaction.Outpoint(
        transaction: transaction.identifier, index: index)
      owners[outpoint] = (hash, ledgers[hash]?.coins.count ?? 0)
      ledgers[hash, default: ScriptLedger()].coins.append(
        .init(
          created: height, spent: nil, transaction: transaction.text, index: index,
          value: output.value))
      if fansOut ? touched.last != hash : !touched.contains(hash) { touched.append(hash) }
    }
    for hash in touched {
      ledgers[hash, default: ScriptLedger()].entries.append(
        .init(height: height, transaction: transaction.text))
    }
  }

  /// Remembered, as the same few scripts return all the time.
  private mutating func scripthash(_ script: [UInt8]) -> Scripthash {
    if let known = hashes[script] { return known }
    let hash = Scripthash(scriptPubKey: script)
    hashes[script] = hash
    return hash
  }
}

extension SimulatedTransaction.Output {
  /// Whether it can ever be spent: data outputs cannot.
  package var isSpendable: Bool { scriptPubKey.first != 0x6A }
}
