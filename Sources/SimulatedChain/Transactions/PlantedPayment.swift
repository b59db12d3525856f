/// A payment that a scenario wants on the chain, so that a wallet shows a known balance.
package struct PlantedPayment: Sendable, Hashable {
  package var scriptPubKey: [UInt8]
  /// Satoshis.
  package var value: Int64
  /// Height of the block that holds it; nil: it stays unconfirmed.
  package var height: Int?
  /// Height of the block that spends it again, after `height`; nil: it stays unspent.
  package var spentHeight: Int?

  package init(
    scriptPubKey: [UInt8], value: Int64, height: Int?, spentHeight: Int? = nil
  ) {
    self.scriptPubKey = scriptPubKey
    self.value = value
    self.height = height
    self.spentHeight = spentHeight
  }

  /// The first block in which a payment can be made: the first coinbase has matured.
  package static let firstHeight = 105
}
