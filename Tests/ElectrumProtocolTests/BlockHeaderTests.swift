import Digests
import ElectrumProtocol
import Testing

struct BlockHeaderTests {
  /// The genesis headers of mainnet and regtest share everything but time, bits and nonce.
  private func genesis(time: UInt32, bits: UInt32, nonce: UInt32) throws -> BlockHeader {
    let root = try #require(
      Hex.bytes("3ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a"))
    return BlockHeader(
      version: 1, previousHash: [UInt8](repeating: 0, count: 32), merkleRoot: root, time: time,
      bits: bits, nonce: nonce)
  }

  @Test func `genesis headers hash to the known hashes and carry their work`() throws {
    let mainnet = try genesis(time: 1_231_006_505, bits: 0x1D00_FFFF, nonce: 2_083_236_893)
    #expect(mainnet.hashText == BitcoinNetwork.mainnet.genesisHash)
    #expect(mainnet.hasProofOfWork)
    let regtest = try genesis(time: 1_296_688_602, bits: 0x207F_FFFF, nonce: 2)
    #expect(regtest.hashText == BitcoinNetwork.regtest.genesisHash)
    #expect(regtest.hasProofOfWork)
    #expect(try !genesis(time: 1_231_006_505, bits: 0x1D00_FFFF, nonce: 1).hasProofOfWork)
  }

  @Test func `fields are read where they were written`() throws {
    let previous = (0..<32).map { UInt8($0) }
    let root = (32..<64).map { UInt8($0) }
    let header = BlockHeader(
      version: -2, previousHash: previous, merkleRoot: root, time: 0x0102_0304, bits: 0x207F_FFFF,
      nonce: 0xFFFF_FFFE)
    let again = try #require(BlockHeader(hex: Hex.text(header.bytes)))
    #expect(again.version == -2)
    #expect(again.previousHash == previous)
    #expect(again.merkleRoot == root)
    #expect(again.time == 0x0102_0304)
    #expect(again.bits == 0x207F_FFFF)
    #expect(again.nonce == 0xFFFF_FFFE)
    #expect(BlockHeader(hex: "00") == nil)
    #expect(BlockHeader(hex: String(repeating: "g", count: 160)) == nil)
  }

  @Test func `impossible targets are none`() {
    for bits: UInt32 in [0, 0x0080_0000, 0x1D80_FFFF, 0xFF12_3456, 0x2212_3456, 0x0100_0000] {
      #expect(CompactTarget(bits: bits) == nil)
    }
    #expect(CompactTarget(bits: 0x0112_0000)?.bytes.last == 0x12)
    #expect(CompactTarget(bits: 0x2000_FFFF)?.bytes.prefix(3) == [0x00, 0xFF, 0xFF])
  }
}
