import Digests

/// A script that anybody may ask a public server about: published test vectors and the genesis
/// block's address. Never anybody's wallet.
public struct TestScript: Sendable, Hashable {
  /// Short name used in probe ids, for example `p2wpkh`.
  public let name: String
  /// Mainnet address; nil for a script that is published without one.
  public let address: String?
  public let scriptPubKey: [UInt8]
  public let scripthash: Scripthash

  /// Nil unless `address` is a mainnet address with a right checksum.
  public init?(_ name: String, address: String) {
    guard let parsed = BitcoinAddress(address) else { return nil }
    self.name = name
    self.address = address
    scriptPubKey = parsed.scriptPubKey
    scripthash = Scripthash(scriptPubKey: parsed.scriptPubKey)
  }

  /// A script by its bytes.
  public init(_ name: String, _ scriptPubKey: [UInt8]) {
    self.name = name
    address = nil
    self.scriptPubKey = scriptPubKey
    scripthash = Scripthash(scriptPubKey: scriptPubKey)
  }

  /// P2PKH and P2WPKH of private key 1 and the P2TR of BIP 86's first test vector.
  public static let probed: [TestScript] = [
    TestScript("p2pkh", address: "1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH"),
    TestScript("p2wpkh", address: "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
    TestScript("p2tr", address: "bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr"),
  ].compactMap { $0 }

  /// P2SH of the P2WPKH of private key 1, and the P2WSH of BIP 173's example.
  public static let wrapped: [TestScript] = [
    TestScript("p2sh", address: "3JvL6Ymt8MVWiCNHC7oWU6nLeHNJKLZGLN"),
    TestScript("p2wsh", address: "bc1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qccfmv3"),
  ].compactMap { $0 }

  /// Others that were published and paid: of private keys 2 and 3, and of the test vectors of BIP 84
  /// and BIP 86.
  public static let published: [TestScript] = [
    TestScript("p2pkh-key-2", address: "1cMh228HTCiwS8ZsaakH8A8wze1JR5ZsP"),
    TestScript("p2pkh-key-3", address: "1CUNEBjYrCn2y1SdiUMohaKUi4wpP326Lb"),
    TestScript("p2wpkh-key-2", address: "bc1qq6hag67dl53wl99vzg42z8eyzfz2xlkvxechjp"),
    TestScript("p2wpkh-key-3", address: "bc1q0ht9tyks4vh7p5p904t340cr9nvahy7u3re7zg"),
    TestScript("bip84-receive-0", address: "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu"),
    TestScript("bip84-receive-1", address: "bc1qnjg0jd8228aq7egyzacy8cys3knf9xvrerkf9g"),
    TestScript(
      "bip86-receive-1", address: "bc1p4qhjn9zdvkux4e44uhx8tc55attvtyu358kutcqkudyccelu0was9fqzwh"),
    TestScript(
      "bip86-change-0", address: "bc1p3qkhfews2uk44qtvauqyr2ttdsw7svhkl9nkm9s9c3x4ax5h60wqwruhk7"),
  ].compactMap { $0 }

  /// One of each type whose hash is that of a sentence: nobody can have paid to or from them in
  /// earnest.
  public static let neverUsed: [TestScript] = {
    func hash(_ kind: String, _ length: Int) -> [UInt8] {
      Array(SHA256.digest(Array("electrum-observatory: never used, \(kind)".utf8)).prefix(length))
    }
    return [
      TestScript("unused-p2pkh", [0x76, 0xA9, 0x14] + hash("p2pkh", 20) + [0x88, 0xAC]),
      TestScript("unused-p2sh", [0xA9, 0x14] + hash("p2sh", 20) + [0x87]),
      TestScript("unused-p2wpkh", [0x00, 0x14] + hash("p2wpkh", 20)),
      TestScript("unused-p2wsh", [0x00, 0x20] + hash("p2wsh", 32)),
      TestScript("unused-p2tr", [0x51, 0x20] + hash("p2tr", 32)),
    ]
  }()

  /// The address of the genesis coinbase key.
  public static let genesis = TestScript("genesis", address: "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa")
}
