import Digests
import ElectrumProtocol
import Testing

struct BitcoinAddressTests {
  /// Script hashes that two implementations (ElectrumX, Fulcrum) agreed on when they were recorded;
  /// the BIP 173 and BIP 350 vectors.
  @Test(arguments: [
    (
      "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "76a91462e907b15cbf27d5425399ebf6f0fb50ebb88f1888ac",
      "8b01df4e368ea28f8dc0423bcf7a4923e3a12d307c875e47a0cfbf90b5c39161"
    ),
    (
      "1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH", "76a914751e76e8199196d454941c45d1b3a323f1433bd688ac",
      "8bd2c4f79944cd6a3cb1730cf92c513ae259eb271d81918457f3753eebe14a3f"
    ),
    (
      "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "0014751e76e8199196d454941c45d1b3a323f1433bd6",
      "9623df75239b5daa7f5f03042d325b51498c4bb7059c7748b17049bf96f73888"
    ),
    (
      "bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr",
      "5120a60869f0dbcf1dc659c9cecbaf8050135ea9e8cdc487053f1dc6880949dc684c",
      "a4215acda4621d8290b4903f3e497d32a2559a85360eba3daf8a29f6e0a824d5"
    ),
  ]) func `addresses have the recorded scripthash`(
    address: String, script: String, scripthash: String
  )
    throws
  {
    let parsed = try #require(BitcoinAddress(address))
    #expect(Hex.text(parsed.scriptPubKey) == script)
    #expect(Scripthash(scriptPubKey: parsed.scriptPubKey).text == scripthash)
    #expect(parsed.description == address)
  }

  @Test(arguments: [
    (
      "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", BitcoinNetwork.mainnet,
      BitcoinAddress.Kind.p2wpkh
    ),
    ("tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7", .testnet3, .p2wsh),
    ("tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy", .signet, .p2wsh),
    ("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", .mainnet, .p2tr),
    ("tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c", .testnet4, .p2tr),
    ("3P14159f73E4gFr7JterCCQh9QjiTjiZrG", .mainnet, .p2sh),
    ("mrCDrCybB6J1vRfbwM5hemdJz73FwDBC8r", .regtest, .p2pkh),
    ("2NByiBUaEXrhmqAsg7BbLpcQSAQs1EDwt5w", .testnet3, .p2sh),
  ]) func `valid addresses are recognised`(
    text: String, network: BitcoinNetwork, kind: BitcoinAddress.Kind
  ) {
    #expect(BitcoinAddress(text, network: network)?.kind == kind)
  }

  @Test(arguments: [
    "", "1", "bc1", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", "1A1zP1eP5QGefi2DMPTfTL5SLmv7Divf0a",
    "mrCDrCybB6J1vRfbwM5hemdJz73FwDBC8r", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
    "bc1qW508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
    // BIP 350: bech32m for version 0, bech32 for version 1, bad lengths, mixed case, bad padding.
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",
    "bc1q0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq54ell9",
    "tc1qw508d6qejxtdg4y5r3zarvary0c5xw7kg3g4ty", "bc1rw5uspcuh",
    "bc10w508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kw5rljs90",
    "BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P", "bc1zw508d6qejxtdg4y5r3zarvaryvqyzf3du",
    "bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4",
    "bc1pw5dgrnzv", "bc1gmk9yu",
  ]) func `damaged and foreign addresses are refused`(text: String) {
    #expect(BitcoinAddress(text) == nil)
  }

  @Test func `the same program has an address on each network`() throws {
    for script in TestScript.probed {
      let mainnet = try #require(script.address.flatMap { BitcoinAddress($0) })
      for network in BitcoinNetwork.allCases {
        let text = mainnet.on(network).description
        #expect(BitcoinAddress(text, network: network)?.scriptPubKey == script.scriptPubKey)
      }
    }
    #expect(TestScript.probed.map(\.name) == ["p2pkh", "p2wpkh", "p2tr"])
    #expect(TestScript.genesis?.scripthash.text.hasPrefix("8b01df4e") == true)
  }
}
