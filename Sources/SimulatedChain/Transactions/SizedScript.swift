package import ElectrumProtocol

/// A script with a stated number of confirmed transactions once the chain is `completeHeight` high,
/// for questions whose cost depends on a script's history.
package struct SizedScript: Sendable, Hashable {
  /// Confirmed transactions that touch it.
  package let transactions: Int
  package let scriptPubKey: [UInt8]
  package let scripthash: Scripthash
  /// Blocks that hold them, in equal parts.
  package let heights: ClosedRange<Int>

  private init(_ transactions: Int, _ kind: ScriptKind, _ heights: ClosedRange<Int>) {
    self.transactions = transactions
    scriptPubKey = kind.script(of: "sized script of \(transactions)")
    scripthash = Scripthash(scriptPubKey: scriptPubKey)
    self.heights = heights
  }

  package static let none = SizedScript(0, .p2pkh, 145...145)
  package static let one = SizedScript(1, .p2sh, 145...145)
  package static let ten = SizedScript(10, .p2wsh, 110...119)
  package static let hundred = SizedScript(100, .p2tr, 120...129)
  package static let thousand = SizedScript(1_000, .p2pkh, 130...139)
  /// All in one block.
  package static let whale = SizedScript(4_000, .p2wpkh, 151...151)

  package static let all = [none, one, ten, hundred, thousand, whale]
  package static let completeHeight = 151

  /// Height of the transaction whose outputs pay for all the others, one each.
  package static let fanOutHeight = 103
  package static let fanOutOutputs = all.reduce(0) { $0 + $1.transactions }
  /// The script of the fan-out's outputs: touched by the fan-out and by all that spends it.
  package static let fanOutScript = ScriptKind.p2wpkh.script(of: "fan-out")

  /// How many of its transactions the block at `height` holds.
  func share(at height: Int) -> Int {
    heights.contains(height) ? transactions / heights.count : 0
  }
}
