import ChainTruth
import Digests
import ElectrumProtocol

/// Headers and transactions of Bitcoin's main chain that everybody can look up.
enum KnownChain {
  static func hash(_ printed: String) -> ChainHash {
    ChainHash(printed: printed) ?? ChainHash(of: [])
  }

  static func header(
    previous: String, root: String, time: UInt32, bits: UInt32, nonce: UInt32
  ) -> BlockHeader {
    BlockHeader(
      version: 1, previousHash: hash(previous).bytes, merkleRoot: hash(root).bytes, time: time,
      bits: bits, nonce: nonce)
  }

  static let zero = String(repeating: "0", count: 64)
  static let genesisHash = "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f"
  static let genesisCoinbase = "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b"
  static let genesis = header(
    previous: zero, root: genesisCoinbase, time: 1_231_006_505, bits: 0x1D00_FFFF,
    nonce: 2_083_236_893)

  static let block1Hash = "00000000839a8e6886ab5951d76f411475428afc90947ee320161bbf18eb6048"
  static let block1Coinbase = "0e3e2357e806b6cdb1f70b54c3a3a17b6714ee1f0e68bebb44a74b1efd512098"
  static let block1 = header(
    previous: genesisHash, root: block1Coinbase, time: 1_231_469_665, bits: 0x1D00_FFFF,
    nonce: 2_573_394_689)

  static let block100000Hash = "000000000003ba27aa200b1cecaad478d2b00432346c3f1f3986da1afd33e506"
  static let block100000 = header(
    previous: "000000000002d01c1fccc21636b607dfd930d31d01c3a62104612a1719011250",
    root: "f3e94742aca4b5ef85488dc37c06c3282295ffec960994b2c0d5ac2a25a95766",
    time: 1_293_623_863, bits: 0x1B04_864C, nonce: 274_148_111)
  /// The four transactions of block 100,000.
  static let transactions = [
    "8c14f0db3df150123e6f3dbbf30f8b955a8249b62ac1d1ff16284aefa3d06d87",
    "fff2525b8931402dd09222c50775608f75787bd2b87e56995a7bdd30f79702c4",
    "6359f0868171b1d194cbee1af2f16ea598ae8fad666d9b012c8ed2b79a236ec4",
    "e9a66845e05d5abc0ad04ec80f774a7e585c6e8db975962d069a522137b80c1d",
  ]
  /// The nodes above the first two and the last two of them.
  static let nodes = [
    "ccdafb73d8dcd0173d5d5c3c9a0770d0b3953db889dab99ef05b1907518cb815",
    "8e30899078ca1813be036a073bbf80b86cdddde1c96e9e9c99e9e3782df4ae49",
  ]

  /// The example of `blockchain.block.header` in the Electrum protocol's documentation: header 5 with
  /// its proof to checkpoint 8.
  static let documentedHeader = BlockHeader(
    hex: "0100000085144a84488ea88d221c8bd6c059da090e88f8a2c99690ee55dbba4e00000000e11c48fe"
      + "cdd9e72510ca84f023370c9a38bf91ac5cae88019bee94d24528526344c36649ffff001d1d03e477")
  static let documentedBranch = [
    "000000004ebadb55ee9096c9a2f8880e09da59c0d68b1c228da88e48844a1485",
    "96cbbc84783888e4cc971ae8acf86dd3c1a419370336bb3c634c97695a8c5ac9",
    "965ac94082cebbcffe458075651e9cc33ce703ab0115c72d9e8b1a9906b2b636",
    "89e5daa6950b895190716dd26054432b564ccdc2868188ba1da76de8e1dc7591",
  ]
  static let documentedRoot = "e347b1c43fd9b5415bf0d92708db8284b78daf4d0e24f9c3405f45feb85e25db"

  /// The coinbase of 2009, as every node has it built in.
  static let coinbaseBytes =
    "01000000010000000000000000000000000000000000000000000000000000000000"
    + "000000ffffffff4d04ffff001d0104455468652054696d65732030332f4a616e2f32303039204368616e63656c6c"
    + "6f72206f6e206272696e6b206f66207365636f6e64206261696c6f757420666f722062616e6b73ffffffff0100f2"
    + "052a01000000434104678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4c"
    + "ef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000"

  /// The signed transaction of BIP 143's native P2WPKH example, and its id.
  static let witnessBytes =
    "01000000000102fff7f7881a8099afa6940d42d1e7f6362bec38171ea3edf433541db4"
    + "e4ad969f00000000494830450221008b9d1dc26ba6a9cb62127b02742fa9d754cd3bebf337f7a55d114c8e5cdd30"
    + "be022040529b194ba3f9281a99f2b1c0a19c0489bc22ede944ccf4ecbab4cc618ef3ed01eeffffffef51e1b804cc"
    + "89d182d279655c3aa89e815b1b309fe287d9b2b55d57b90ec68a0100000000ffffffff02202cb206000000001976"
    + "a9148280b37df378db99f66f85c95a783a76ac7a6d5988ac9093510d000000001976a9143bde42dbee7e4dbe6a21"
    + "b2d50ce2f0167faa815988ac000247304402203609e17b84f6a7d30c80bfa610b5b4542f32a8a0d5447a12fb1366"
    + "d7f01cc44a0220573a954c4518331561406f90300e8f3358f51928d43c212a8caed02de67eebee0121025476c2e8"
    + "3188368da1ff3e292e7acafcdb3566bb0ad253f62fc70f07aeee635711000000"
  static let witnessID = "e8151a2af31c368a35053ddd4bdb285a8595c769a3ad83e0fa02314a602d4609"
}
