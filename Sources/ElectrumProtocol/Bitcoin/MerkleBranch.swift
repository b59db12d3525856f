/// Why a branch leads to no root.
public enum MerkleDefect: Error, Sendable, Hashable {
  /// An element is not 64 hexadecimal digits.
  case unreadable(index: Int)
  /// More elements than any tree of blocks or of a block's transactions has levels.
  case tooLong(Int)
  /// The position is negative, or not in a tree of so many levels.
  case positionOutsideTree(Int)
  /// A left sibling equals the node beside it. A tree repeats its last node on the right only, so that
  /// such a branch proves a leaf that is not there (CVE-2012-2459).
  case repeatedLeftSibling(level: Int)
}

/// The siblings on the way from a leaf of a Merkle tree to its root.
///
/// Sources: Nakamoto (2008), section 7; `blockchain.transaction.get_merkle` in the Electrum protocol;
/// CVE-2012-2459.
public struct MerkleBranch: Sendable, Hashable {
  /// A block has fewer than 2^16 transactions of 60 bytes, and a chain fewer than 2^32 headers.
  public static let longest = 32

  /// From the leaf's level up.
  public let siblings: [ChainHash]

  public init(_ siblings: [ChainHash]) throws(MerkleDefect) {
    guard siblings.count <= Self.longest else { throw .tooLong(siblings.count) }
    self.siblings = siblings
  }

  /// A branch as servers write it.
  public init(printed texts: [String]) throws(MerkleDefect) {
    guard texts.count <= Self.longest else { throw .tooLong(texts.count) }
    var siblings: [ChainHash] = []
    for (index, text) in texts.enumerated() {
      guard let sibling = ChainHash(printed: text) else { throw .unreadable(index: index) }
      siblings.append(sibling)
    }
    self.siblings = siblings
  }

  /// The root of the tree in which the leaf has this position, counted from 0.
  public func root(of leaf: ChainHash, position: Int) throws(MerkleDefect) -> ChainHash {
    guard position >= 0, position >> siblings.count == 0 else {
      throw .positionOutsideTree(position)
    }
    var node = leaf
    for (level, sibling) in siblings.enumerated() {
      if position >> level & 1 == 0 {
        node = ChainHash(left: node, right: sibling)
      } else {
        guard sibling != node else { throw .repeatedLeftSibling(level: level) }
        node = ChainHash(left: sibling, right: node)
      }
    }
    return node
  }
}
