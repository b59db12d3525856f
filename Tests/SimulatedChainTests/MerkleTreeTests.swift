import Digests
import ElectrumProtocol
import SimulatedChain
import Testing

struct MerkleTreeTests {
  /// Leaves and root of block 170 of mainnet, the first with a payment.
  private static let coinbase = "b1fea52486ce0c62bb442b530a3f0132b826c74e473d1f2c220bfa78111c5082"
  private static let payment = "f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16"
  private static let root = "7dac2c5666815c17a3b36427de37bb9d2e2c5ccec3f8633eb91a4205cb4c10ff"

  private static func bytes(_ text: String) -> [UInt8] { (Hex.bytes(text) ?? []).reversed() }

  @Test func `one leaf is its own root`() {
    let leaf = Self.bytes(Self.coinbase)
    let (branch, root) = MerkleTree.branchAndRoot([leaf], index: 0)
    #expect(branch.isEmpty)
    #expect(root == leaf)
  }

  @Test func `two leaves give block170s root`() {
    let leaves = [Self.bytes(Self.coinbase), Self.bytes(Self.payment)]
    let (branch, root) = MerkleTree.branchAndRoot(leaves, index: 1)
    #expect(root == Self.bytes(Self.root))
    #expect(branch == [leaves[0]])
  }

  @Test func `an odd row repeats its last hash`() {
    let leaves = (1...3).map { [UInt8](repeating: $0, count: 32) }
    let left = SHA256.doubleDigest(leaves[0] + leaves[1])
    let right = SHA256.doubleDigest(leaves[2] + leaves[2])
    let (branch, root) = MerkleTree.branchAndRoot(leaves, index: 2)
    #expect(root == SHA256.doubleDigest(left + right))
    #expect(branch == [leaves[2], left])
  }
}
