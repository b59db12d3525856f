import Digests
package import ElectrumProtocol

/// Block 0 of each network, as its nodes have it built in.
package enum GenesisBlock {
  package static func header(_ network: BitcoinNetwork) -> BlockHeader {
    switch network {
    case .mainnet: header(time: 1_231_006_505, bits: 0x1D00_FFFF, nonce: 2_083_236_893)
    case .testnet3: header(time: 1_296_688_602, bits: 0x1D00_FFFF, nonce: 414_098_458)
    case .testnet4:
      header(
        time: 1_714_777_860, bits: 0x1D00_FFFF, nonce: 393_743_547, root: testnet4Root)
    case .signet: header(time: 1_598_918_400, bits: 0x1E03_77AE, nonce: 52_613_770)
    case .regtest: header(time: 1_296_688_602, bits: 0x207F_FFFF, nonce: 2)
    }
  }

  /// The id of the coinbase of 2009, the only leaf of every network's first block but testnet4's.
  private static let root = "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b"
  private static let testnet4Root =
    "7aa0a7ae1e223414cb807e40cd57e667b718e42aaf9306db9102fe28912b7b4e"

  private static func header(
    time: UInt32, bits: UInt32, nonce: UInt32, root: String = root
  ) -> BlockHeader {
    BlockHeader(
      version: 1, previousHash: [UInt8](repeating: 0, count: 32),
      merkleRoot: (Hex.bytes(root) ?? []).reversed(), time: time, bits: bits, nonce: nonce)
  }
}
