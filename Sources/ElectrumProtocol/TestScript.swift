/// A script that anybody may ask a public server about: published test vectors and the genesis
/// block's address. Never anybody's wallet.
public struct TestScript: Sendable, Hashable {
  /// Short name used in probe ids, for example `p2wpkh`.
  public let name: String
  /// Mainnet address.
  public let address: String
  public let scriptPubKey: [UInt8]
  public let scripthash: Scripthash

  init?(_ name: String, _ address: String) {
    guard let parsed = BitcoinAddress(address) else { return nil }
    self.name = name
    self.address = address
    scriptPubKey = parsed.scriptPubKey
    scripthash = Scripthash(scriptPubKey: parsed.scriptPubKey)
  }

  /// P2PKH and P2WPKH of private key 1 and the P2TR of BIP 86's first test vector.
  public static let probed: [TestScript] = [
    TestScript("p2pkh", "1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH"),
    TestScript("p2wpkh", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
    TestScript("p2tr", "bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr"),
  ].compactMap { $0 }

  /// The address of the genesis coinbase key.
  public static let genesis = TestScript("genesis", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa")
}
