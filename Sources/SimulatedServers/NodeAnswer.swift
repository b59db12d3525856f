internal import ElectrumProtocol
internal import SimulatedChain
internal import Statistics

/// Texts of the Bitcoin node behind a server, as the server passes them on.
enum NodeAnswer {
  /// What becomes of a transaction that somebody sends.
  enum Broadcast: Sendable, Equatable {
    /// Its id as printed.
    case accepted(String)
    /// The node's reason.
    case rejected(String)
    /// The server's own words, whatever the node says.
    case `false`(String)
  }

  static let genesisCoinbase = "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b"

  private static let largestPackage = 25

  /// Why the node has no transaction of this id.
  static func reasonForMissing(_ transaction: String) -> String {
    transaction == genesisCoinbase
      ? "The genesis block coinbase is not considered an ordinary transaction and cannot be retrieved"
      : "No such mempool or blockchain transaction. Use gettransaction for wallet transactions."
  }

  /// The same as ElectrumX and Fulcrum print it.
  static func missing(_ transaction: String) -> String {
    "daemon error: DaemonError({'code': -5, 'message': '\(reasonForMissing(transaction))'})"
  }

  /// What the server says to a transaction: what its node says, unless its operator lies.
  static func broadcast(_ hex: String, _ visit: inout Visit) -> Broadcast {
    switch visit.server.broadcast {
    case .refuses(let text): return .false(text)
    case .falseIdentifier:
      let digest = SHA256.digest(
        Array("\(visit.context.random.next())|\(hex)".utf8))
      return .accepted(Hex.text(digest))
    case .ofNode:
      if let identifier = acceptedIdentifier(hex, visit.chain) { return .accepted(identifier) }
      return .rejected(rejection(of: hex, chain: visit.chain))
    }
  }

  /// The id of a transaction that spends what it may; nobody checks its signatures, and it is
  /// forgotten.
  private static func acceptedIdentifier(_ hex: String, _ view: ChainView) -> String? {
    guard let bytes = Hex.bytes(hex),
      let fields = SimulatedTransaction.Fields(parsing: bytes), !fields.isCoinbase
    else { return nil }
    let transaction = SimulatedTransaction(fields)
    guard view.location(transaction.text) == nil else { return nil }
    let isFree = fields.inputs.allSatisfy { input in
      let status = view.spender(of: input.outpoint)
      return status.funderHeight != nil && status.spender == nil
    }
    return isFree ? transaction.text : nil
  }

  static func isUndecodable(_ hex: String) -> Bool {
    Hex.bytes(hex).flatMap { SimulatedTransaction.Fields(parsing: $0) } == nil
  }

  static func undecodable(_ hex: String) -> String {
    "TX decode failed: \(hex) Make sure the tx has at least one input."
  }

  /// Why the node does not take a transaction.
  static func rejection(of hex: String, chain: ChainView) -> String {
    guard let bytes = Hex.bytes(hex), let fields = SimulatedTransaction.Fields(parsing: bytes)
    else { return "TX decode failed. Make sure the tx has at least one input." }
    let identifier = SimulatedTransaction(fields).text
    return chain.location(identifier) == nil
      ? "bad-txns-inputs-missingorspent" : "Transaction outputs already in utxo set"
  }

  /// Why the node does not take a package; it never takes one.
  static func packageRejection(_ texts: [String], chain: ChainView) -> String {
    guard (1...largestPackage).contains(texts.count) else {
      return "Array must contain between 1 and 25 transactions."
    }
    if let first = texts.first(where: { isUndecodable($0) }) { return undecodable(first) }
    return "package topology disallowed. not child-with-parents or parents depend on each other."
  }
}
