import Digests
public import ElectrumProtocol

/// A script that anybody may ask about, with about how many transactions its history has.
public struct SizedTestScript: Sendable, Equatable {
  public let script: TestScript
  public let transactions: Int

  init(_ script: TestScript, transactions: Int) {
    self.script = script
    self.transactions = transactions
  }

  /// Id of the probe that asks for its history.
  public var historyProbe: String { "history.\(script.name)" }

  /// Of the main network: an address to which coins were burnt (a few hundred payments) and one of
  /// the proof-of-burn of January 2014 (some 2,600).
  public static let published: [SizedTestScript] = [
    (TestScript("burn-small", address: "1BitcoinEaterAddressDontSendf59kuE"), 700),
    (TestScript("burn-large", address: "1CounterpartyXXXXXXXXXXXXXXXUWLpVr"), 2_700),
  ].compactMap { script, size in script.map { SizedTestScript($0, transactions: size) } }

  /// Of simulated chains, which pay them exactly so often; the hash of each script is that of a
  /// sentence.
  public static let simulated: [SizedTestScript] = {
    func hash(_ size: Int) -> [UInt8] { SHA256.digest(Array("sized script of \(size)".utf8)) }
    func sized(_ size: Int, _ opening: [UInt8], _ hash: [UInt8], _ closing: [UInt8])
      -> SizedTestScript
    {
      SizedTestScript(TestScript("size-\(size)", opening + hash + closing), transactions: size)
    }
    return [
      sized(1, [0xA9, 0x14], Array(hash(1)[0..<20]), [0x87]),
      sized(10, [0x00, 0x20], hash(10), []),
      sized(100, [0x51, 0x20], hash(100), []),
      sized(1_000, [0x76, 0xA9, 0x14], Array(hash(1_000)[0..<20]), [0x88, 0xAC]),
    ]
  }()
}
