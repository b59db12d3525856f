package import ElectrumProtocol

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
  /// The relay fee is the node's times this, against its own histogram.
  package var relayFeeFactor = 1.0
  /// Shown instead of the newest header.
  package var falseTip: BlockHeader?
  /// Draws of this server.
  package var salt: UInt64 = 0

  package init() {}
}
