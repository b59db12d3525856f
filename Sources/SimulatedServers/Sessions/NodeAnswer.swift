import Digests
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
      let verdict = visit.chain.verdict(on: Hex.bytes(hex) ?? [])
      if let reason = rejection(of: hex, chain: visit.chain) { return .rejected(reason) }
      return .accepted(verdict.transaction ?? "")
    }
  }

  static func isUndecodable(_ hex: String) -> Bool {
    Hex.bytes(hex).flatMap { SimulatedTransaction.Fields(parsing: $0) } == nil
  }

  static func undecodable(_ hex: String) -> String {
    "TX decode failed: \(hex) Make sure the tx has at least one input."
  }

  /// Why the node does not take a transaction; nil: it does. Unknown inputs are found before
  /// anything else is.
  static func rejection(of hex: String, chain: ChainView) -> String? {
    let bytes = Hex.bytes(hex) ?? []
    let verdict = chain.verdict(on: bytes)
    guard let error = verdict.error, let identifier = verdict.transaction,
      chain.transaction(identifier) == nil,
      let inputs = SimulatedTransaction.Fields(parsing: bytes)?.inputs
    else { return verdict.error }
    let isKnown = inputs.allSatisfy { chain.spender(of: $0.outpoint).funderHeight != nil }
    return isKnown ? error : "bad-txns-inputs-missingorspent"
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
