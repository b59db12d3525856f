import Digests
internal import ElectrumProtocol

/// What a node makes of a transaction that somebody sends it, in bitcoind's words.
package struct NodeVerdict: Sendable, Equatable {
  /// Id as printed; nil where the bytes are no transaction.
  package var transaction: String?
  package var witnessTransaction: String?
  package var virtualSize = 0
  /// Satoshis; known only where the inputs are.
  package var fee: Int64?
  /// `reject-reason` of `testmempoolaccept`; nil: allowed.
  package var rejection: String?
  /// The error text of `sendrawtransaction`; nil: the transaction is taken.
  package var error: String?
}

extension ChainView {
  private static let undecodable = "TX decode failed. Make sure the tx has at least one input."
  /// Least value of an output. Unit: satoshis.
  private static let dust: Int64 = 294
  /// Highest fee rate that `sendrawtransaction` takes. Unit: satoshis a thousand virtual bytes.
  private static let maximumRate = 10_000_000

  /// Signatures are not checked, and what is taken is not told to anybody: the simulated mempool
  /// is a function of scenario and epoch alone.
  package func verdict(on bytes: [UInt8]) -> NodeVerdict {
    guard let fields = SimulatedTransaction.Fields(parsing: bytes) else {
      return NodeVerdict(rejection: "TX decode failed", error: Self.undecodable)
    }
    let transaction = SimulatedTransaction(fields)
    var verdict = NodeVerdict(
      transaction: transaction.text, witnessTransaction: transaction.witnessText,
      virtualSize: transaction.virtualSize)
    func refused(_ rejection: String, error: String? = nil) -> NodeVerdict {
      verdict.rejection = rejection
      verdict.error = error ?? rejection
      return verdict
    }
    if location(transaction.text) != nil {
      return refused(
        "txn-already-known", error: "Transaction outputs already in utxo set")
    }
    if node.mempool.transaction(transaction.text) != nil {
      verdict.rejection = "txn-already-in-mempool"
      return verdict
    }
    if fields.isCoinbase { return refused("coinbase") }
    // Regtest's nodes take what is not standard.
    if chain.plan.network != .regtest, let reason = nonstandard(transaction) {
      return refused(reason)
    }
    guard let gained = inputValue(of: transaction) else {
      return refused("missing-inputs", error: "bad-txns-inputs-missingorspent")
    }
    let fee = gained - transaction.outputs.reduce(0) { $0 + $1.value }
    if fee < 0 { return refused("bad-txns-in-belowout") }
    verdict.fee = fee
    if let reason = feeRefusal(fee, of: transaction) { return refused(reason.0, error: reason.1) }
    return verdict
  }

  /// All inputs' satoshis; nil where one is unknown or spent in a block.
  private func inputValue(of transaction: SimulatedTransaction) -> Int64? {
    var sum: Int64 = 0
    for input in transaction.inputs {
      let parent = Hex.text(input.transaction.reversed())
      guard node.mempool.transaction(parent) != nil || location(parent) != nil,
        let output = node.mempool.output(of: input, over: chain),
        (chain.spends[input]?.height ?? .max) > tip
      else { return nil }
      sum += output.value
    }
    return sum
  }

  private func nonstandard(_ transaction: SimulatedTransaction) -> String? {
    if transaction.weight < 4 * 65 { return "tx-size-small" }
    if transaction.weight > 400_000 { return "tx-size" }
    for output in transaction.outputs {
      if output.value < 0 { return "bad-txns-vout-negative" }
      if !output.isSpendable {
        let fits = output.scriptPubKey.count <= node.policy.dataCarrierBytes
        guard node.policy.dataCarrier, fits else { return "datacarrier" }
      } else if ScriptKind(output.scriptPubKey) == nil {
        return "scriptpubkey"
      } else if output.value < Self.dust {
        return "dust"
      }
    }
    return nil
  }

  private func feeRefusal(
    _ fee: Int64, of transaction: SimulatedTransaction
  ) -> (String, String)? {
    let size = transaction.virtualSize
    let relay = node.policy.minimumRelayFee.fee(virtualSize: size)
    if fee < relay {
      let text = "min relay fee not met, \(fee) < \(relay)"
      return (text, text)
    }
    let least = node.mempoolMinimumFee.fee(virtualSize: size)
    if fee < least {
      let text = "mempool min fee not met, \(fee) < \(least)"
      return (text, text)
    }
    let replaced = transaction.inputs.compactMap { node.mempool.spender(of: $0) }
    if let dearest = replaced.map(\.fee).max(), fee <= dearest {
      let text =
        "insufficient fee, rejecting replacement \(transaction.text); "
        + "new feerate does not exceed that of what it replaces"
      return (text, text)
    }
    if fee > FeeRate(satoshisPerKilobyte: Self.maximumRate).fee(virtualSize: size) {
      let text = "Fee exceeds maximum configured by user (e.g. -maxtxfee, maxfeerate)"
      return ("max-fee-exceeded", text)
    }
    return nil
  }
}
