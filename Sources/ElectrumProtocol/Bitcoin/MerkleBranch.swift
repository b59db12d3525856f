import Digests

/// The way from a transaction to the root of its block's tree.
public enum MerkleBranch {
  /// Most hashes of a branch: no block has 2³² transactions.
  public static let longest = 32

  /// The root that a branch leads to, all hashes as servers print them (byte-reversed).
  ///
  /// - Returns: nil where it is no branch: not hashes, a position outside of the tree, or a left
  ///   sibling equal to the node, which only a forged tree has (CVE-2012-2459).
  public static func root(of leaf: String, branch: [String], position: Int) -> String? {
    guard position >= 0, branch.count <= longest, var node = bytes(leaf) else { return nil }
    var position = position
    for text in branch {
      guard let sibling = bytes(text) else { return nil }
      if position & 1 == 1, sibling == node { return nil }
      node = SHA256.doubleDigest(position & 1 == 1 ? sibling + node : node + sibling)
      position >>= 1
    }
    return position == 0 ? Hex.text(node.reversed()) : nil
  }

  private static func bytes(_ text: String) -> [UInt8]? {
    guard text.utf8.count == 64, let bytes = Hex.bytes(text) else { return nil }
    return bytes.reversed()
  }
}
