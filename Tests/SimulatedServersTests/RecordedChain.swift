import Digests
import ElectrumProtocol
import SimulatedChain
import TestSupport

/// The chain of the recordings, in ours: the same shape under other ids.
enum RecordedChain {
  static let tip = 2_200
  static let spendHeight = 152
  static let whaleHeight = 151

  /// One block more than the recorded servers knew at first, and a spend at 152 of a first output.
  static let chain: SimulatedChain = {
    var seed: UInt64 = 1
    while true {
      let chain = SimulatedChain(
        seed: seed, height: tip + 1, tipTime: 1_780_000_000, network: .mainnet)
      if spend(chain) != nil { return chain }
      seed += 1
    }
  }()

  /// At the recorded tip, or after one block more; a node's mempool is worked out once.
  static func view(tip: Int = tip) -> ChainView { tip == Self.tip ? atTip : afterTip }

  private static let atTip = newView(tip)
  private static let afterTip = newView(tip + 1)

  private static func newView(_ tip: Int) -> ChainView {
    ChainView(chain: chain, tip: tip, genesisHash: BitcoinNetwork.mainnet.genesisHash)
  }

  private static func spend(_ chain: SimulatedChain) -> SimulatedTransaction? {
    chain.blocks[spendHeight].transactions.dropFirst().first { $0.inputs.first?.index == 0 }
  }

  /// Recorded texts and ours in their place.
  private static let substitutes: [(String, String)] = {
    let blocks = chain.blocks
    let spend = Self.spend(chain) ?? blocks[spendHeight].transactions[0]
    let pooled = view().recentTransactions.last { !$0.hasUnconfirmedParent }
    let pairs = [
      ("ef24ab3a43c64139124d24fa57ce07b65ca5260a3763fd47d1544127be2adbf0", spend.text),
      (
        "4072c844962ae1692a052d1fed13bf6b2b8900c188956a407dbad27d3331c177",
        Hex.text((spend.inputs.first?.transaction ?? []).reversed())
      ),
      (
        "2c0a5c0a035eb92bfc0139d2c25b932d3626ff4f95ddbc49078072353c279d4c",
        unspentCoinbase.text
      ),
      (
        "9c7acdf74fc514647f905f66df4e74a791e7beae5eba8fd04ac14455a7d9e434",
        pooled?.transaction.text ?? ""
      ),
      (
        "1f459eb9b1062fd861118068debc10b7c8a455adf2fed8a2856a788983a403ec",
        blocks[whaleHeight].transactions[5].text
      ),
      (
        "5bffe8eb57ca7cb8df342d206ed42633e5603dfd2cbfcc42f3640c56812a0015",
        SizedScript.whale.scripthash.text
      ),
      (
        "020000000177c131337dd2ba7d406a9588c100892b6bbf13ed1f2d052a69e12a9644c87240000000000151"
          + "fdffffff0200ca9a3b00000000225120a60869f0dbcf1dc659c9cecbaf8050135ea9e8cdc487053f1dc6"
          + "880949dc684c30206bee00000000160014751e76e8199196d454941c45d1b3a323f1433bd600000000",
        Hex.text(spend.bytes)
      ),
    ]
    return pairs + [(pairs[0].0.uppercased(), pairs[0].1.uppercased())]
  }()

  /// A coinbase that nothing spends.
  private static var unspentCoinbase: SimulatedTransaction {
    let view = view()
    for height in 10...tip {
      let coinbase = chain.blocks[height].transactions[0]
      let outpoint = SimulatedTransaction.Outpoint(
        transaction: coinbase.identifier, index: 0)
      if view.spender(of: outpoint).spender == nil { return coinbase }
    }
    return chain.blocks[tip].transactions[0]
  }

  /// A script that the block after the recorded tip touches, in place of the recorded one.
  static let touchedScript: TestScript = {
    let before = view()
    let after = view(tip: tip + 1)
    return TestScript.probed.first { before.status($0.scripthash) != after.status($0.scripthash) }
      ?? TestScript.probed[0]
  }()

  /// A request in terms of our chain.
  static func translated(_ request: [UInt8]) -> [UInt8] {
    // Long ones are pings.
    guard request.count < 20_000 else { return request }
    var text = String(decoding: request, as: UTF8.self)
    guard Array(text.utf8) == request else { return request }
    for (recorded, ours) in substitutes.reversed() { text.replace(recorded, with: ours) }
    return Array(text.utf8)
  }
}
