import Digests
package import ElectrumProtocol
internal import Statistics

/// What a server says of the chain against better knowledge. All nothing for an honest one.
package struct ChainLies: Sendable, Equatable {
  /// Part of a script's confirmed transactions that histories, balances and coins leave out, 0…1;
  /// which ones is drawn by `salt` and the transaction's id.
  package var omittedShare = 0.0
  /// Histories list one more confirmed transaction, which exists nowhere.
  package var inventsTransaction = false
  /// Merkle branches do not lead to the header's root.
  package var corruptsProofs = false
  /// Status hashes are not those of the histories given.
  package var falsifiesStatus = false
  /// Part of the transactions it lists whose bytes it says it does not have, 0…1.
  package var missingTransactionShare = 0.0
  /// Fee estimates are those of the node times this.
  package var feeFactor = 1.0
  /// The one target, in blocks, for which they are; nil: all.
  package var feeTarget: Int?
  /// The relay fee is the node's times this, against its own histogram.
  package var relayFeeFactor = 1.0
  /// Shown instead of the newest header.
  package var falseTip: BlockHeader?
  /// Draws of this server.
  package var salt: UInt64 = 0

  package init() {}
}

extension ChainLies {
  /// Whether histories leave the transaction out.
  func omits(_ transaction: String) -> Bool {
    omittedShare > 0 && draw(transaction, purpose: 1) < omittedShare
  }

  /// Whether the server says that it does not have the transaction's bytes.
  func saysMissing(_ transaction: String) -> Bool {
    missingTransactionShare > 0 && draw(transaction, purpose: 2) < missingTransactionShare
  }

  /// Uniform in [0, 1), the same for the same transaction.
  private func draw(_ transaction: String, purpose: UInt64) -> Double {
    let id = UInt64(transaction.prefix(16), radix: 16) ?? 0
    var mixer = SplitMix64(seed: salt ^ id ^ (purpose << 60))
    return mixer.nextUnit()
  }

  /// A history as told: what is left out and what is made up.
  func told(_ history: [ScriptLedger.Entry], of hash: Scripthash) -> [ScriptLedger.Entry] {
    var told = omittedShare > 0 ? history.filter { !omits($0.transaction) } : history
    if inventsTransaction, let last = history.last {
      let digest = SHA256.digest(Array("\(salt)|\(hash.text)".utf8))
      told.append(.init(height: last.height, transaction: Hex.text(digest)))
    }
    return told
  }

  /// A merkle branch as told.
  func told(_ branch: [[UInt8]]) -> [[UInt8]] {
    guard corruptsProofs else { return branch }
    return [SHA256.digest((branch.first ?? []) + [UInt8(truncatingIfNeeded: salt)])]
      + branch.dropFirst()
  }
}
