import Digests
import ElectrumProtocol

/// Every script that any plan asks about, by what identifies it on the wire.
public enum PublishedScripts {
  private static let all: [TestScript] = {
    let wallet = TestWallet.scripts.enumerated().map { index, script in
      let chain = index < TestWallet.receivingHashes.count ? "receive" : "change"
      return TestScript("bip84.\(chain).\(index % TestWallet.receivingHashes.count)", script)
    }
    let sized = SizedTestScript.published + SizedTestScript.simulated
    return TestScript.probed + TestScript.wrapped + TestScript.published + TestScript.neverUsed
      + sized.map(\.script) + wallet
  }()

  /// Of two names of one script the one that stands for it alone.
  private static let byHash = Dictionary(
    all.map { ($0.scripthash.text, $0.name) }, uniquingKeysWith: { first, _ in first })
  private static let byScript = Dictionary(
    all.map { ($0.scriptPubKey, $0.name) }, uniquingKeysWith: { first, _ in first })

  /// Name of the script that a request is about: its scripthash, or since protocol 1.7 the script.
  public static func name(inRequest text: String) -> String? {
    byHash[text.lowercased()] ?? Hex.bytes(text).flatMap { byScript[$0] }
  }

  /// Name of the script of an output.
  public static func name(of scriptPubKey: [UInt8]) -> String? { byScript[scriptPubKey] }
}
