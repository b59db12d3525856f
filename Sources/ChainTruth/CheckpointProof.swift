public import ElectrumProtocol

/// A server's proof that a header belongs to the chain up to a checkpoint (`cp_height` of
/// `blockchain.block.header`): a branch in the Merkle tree over the hashes of headers 0…checkpoint.
public struct CheckpointProof: Sendable, Hashable {
  public let branch: MerkleBranch
  /// Height of the last header below the root.
  public let checkpoint: Int

  /// Nil where a tree over that many headers has another number of levels, or none.
  public init?(branch: MerkleBranch, checkpoint: Int) {
    guard checkpoint >= 0, branch.siblings.count == Self.levels(checkpoint: checkpoint) else {
      return nil
    }
    self.branch = branch
    self.checkpoint = checkpoint
  }

  /// The root that the proof of the header at a height leads to.
  public func root(of header: ChainHash, height: Int) throws(MerkleDefect) -> ChainHash {
    guard height <= checkpoint else { throw .positionOutsideTree(height) }
    return try branch.root(of: header, position: height)
  }

  /// Of a proof of header 0: element k commits to the headers 2^k…2^(k+1) − 1, and compares between
  /// servers whatever their checkpoints are, once all of these headers are below the checkpoint.
  public var completeSubtrees: [(level: Int, value: ChainHash)] {
    branch.siblings.enumerated().compactMap { level, value in
      Self.isComplete(level: level, checkpoint: checkpoint) ? (level, value) : nil
    }
  }

  /// Whether all headers of the subtree are at or below the checkpoint.
  public static func isComplete(level: Int, checkpoint: Int) -> Bool {
    (0..<MerkleBranch.longest).contains(level) && 1 << (level + 1) - 1 <= checkpoint
  }

  static func levels(checkpoint: Int) -> Int {
    Int.bitWidth - checkpoint.leadingZeroBitCount
  }
}
