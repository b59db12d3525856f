package import ElectrumProtocol

/// What the answers of a connection name, for questions about it.
public struct EarlierAnswers: Sendable {
  private(set) var tip: Int?
  /// The oldest confirmed transaction of a history, by the probe's id.
  private(set) var first: [String: (transaction: String, height: Int)] = [:]

  public init() {}

  package mutating func learn(_ probe: String, _ result: WireValue) {
    if probe == Probe.Derivation.tipProbe { tip = result["height"]?.integer }
    guard probe.hasPrefix("history.") else { return }
    // Since protocol 1.7 the list is a member of an object.
    let entries = result.elements ?? result["history"]?.elements ?? []
    for entry in entries {
      guard let height = entry["height"]?.integer, height > 0,
        let transaction = entry["tx_hash"]?.text
      else { continue }
      first[probe] = (transaction, height)
      return
    }
  }
}

extension Probe.Derivation {
  static let tipProbe = "blockchain.headers.subscribe"

  /// Id of the probe whose answer it is made of.
  var basis: String {
    switch self {
    case .headerBelowTip, .headerAboveTip, .headerProof: Self.tipProbe
    case .merkleOfFirst(let history), .transactionOfFirst(let history): history
    }
  }

  /// Nil where that answer names nothing.
  func call(_ answers: EarlierAnswers) -> (method: String, params: [WireValue])? {
    switch self {
    case .headerBelowTip(let depth):
      guard let tip = answers.tip, tip >= depth else { return nil }
      return ("blockchain.block.header", [.integer(tip - depth)])
    case .headerAboveTip:
      guard let tip = answers.tip, tip < 10_000_000 else { return nil }
      return ("blockchain.block.header", [.integer(tip + 1)])
    case .headerProof(let height, let depth):
      guard let tip = answers.tip, tip >= height + depth else { return nil }
      return ("blockchain.block.header", [.integer(height), .integer(tip - depth)])
    case .merkleOfFirst(let history):
      guard let known = answers.first[history] else { return nil }
      return (
        "blockchain.transaction.get_merkle",
        [.string(known.transaction), .integer(known.height)]
      )
    case .transactionOfFirst(let history):
      guard let known = answers.first[history] else { return nil }
      return ("blockchain.transaction.get", [.string(known.transaction)])
    }
  }
}
