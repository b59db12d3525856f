internal import ElectrumProtocol
internal import SimulatedChain

/// Texts of the Bitcoin node behind a server, as the server passes them on.
enum NodeAnswer {
  static let genesisCoinbase = "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b"

  /// For a transaction that the node does not have; ElectrumX and Fulcrum print it alike.
  static func missing(_ transaction: String) -> String {
    let reason =
      transaction == genesisCoinbase
      ? "The genesis block coinbase is not considered an ordinary transaction and cannot be retrieved"
      : "No such mempool or blockchain transaction. Use gettransaction for wallet transactions."
    return "daemon error: DaemonError({'code': -5, 'message': '\(reason)'})"
  }

  /// Why the node does not take a transaction; it never takes one.
  static func rejection(of hex: String, chain: ChainView) -> String {
    guard let bytes = Hex.bytes(hex), bytes.count >= shortestTransaction else {
      return "TX decode failed. Make sure the tx has at least one input."
    }
    let identifier = Hex.text(SHA256.doubleDigest(bytes).reversed())
    return chain.location(identifier) == nil
      ? "bad-txns-inputs-missingorspent" : "Transaction outputs already in utxo set"
  }

  /// Bytes of a transaction with one input and one output, both with empty scripts.
  private static let shortestTransaction = 60
}
