import Digests
import ElectrumProtocol
import Testing

/// Hashes compare by value.
struct GenesisHashTests {
  private static let mainnet = BitcoinNetwork.mainnet.genesisHash

  @Test(arguments: [
    mainnet, mainnet.uppercased(), "0x" + mainnet, "0X" + mainnet.uppercased(), " \(mainnet)\n",
    Hex.text((Hex.bytes(mainnet) ?? []).reversed()),
  ]) func `every spelling of a genesis hash is that hash`(text: String) {
    #expect(GenesisHash.canonical(text) == Self.mainnet)
    #expect(BitcoinNetwork(genesisHash: text) == .mainnet)
  }

  @Test(arguments: [
    "", "0x", "none", "null", String(mainnet.dropLast()), mainnet + "0", "0x0x" + mainnet,
    String(repeating: "g", count: 64),
    mainnet.replacing("d", with: "\u{FF44}"), String(repeating: "0", count: 100_000),
  ]) func `what is no hash is unknown`(text: String) {
    #expect(GenesisHash.canonical(text) == nil)
  }

  @Test func `a hash of no known network is kept, and is of no network`() {
    let other = String(repeating: "ab", count: 32)
    #expect(GenesisHash.canonical(other.uppercased()) == other)
    #expect(BitcoinNetwork(genesisHash: other) == nil)
  }
}
