import ChainTruth
import Digests
import ElectrumProtocol
import Testing

struct MerkleTests {
  private let leaves = KnownChain.transactions.map(KnownChain.hash)

  @Test func `each transaction of block 100000 is proved by its branch`() throws {
    let root = ChainHash(KnownChain.block100000.merkleRoot)
    for (position, leaf) in leaves.enumerated() {
      let branch = try MerkleBranch(printed: [
        KnownChain.transactions[position ^ 1], KnownChain.nodes[position < 2 ? 1 : 0],
      ])
      #expect(try branch.root(of: leaf, position: position) == root)
      #expect(try branch.root(of: leaf, position: position ^ 1) != root)
    }
  }

  @Test func `a branch with another sibling leads to another root`() throws {
    let branch = try MerkleBranch(printed: [KnownChain.zero, KnownChain.nodes[1]])
    #expect(
      try branch.root(of: leaves[0], position: 0) != ChainHash(KnownChain.block100000.merkleRoot))
  }

  @Test func `the last leaf of an odd row may stand beside itself on the left only`() throws {
    // Three leaves: the third is paired with itself; as a fourth leaf it is not there.
    let left = ChainHash(of: leaves[0].bytes + leaves[1].bytes)
    let branch = try MerkleBranch([leaves[2], left])
    let right = ChainHash(of: leaves[2].bytes + leaves[2].bytes)
    #expect(
      try branch.root(of: leaves[2], position: 2) == ChainHash(of: left.bytes + right.bytes))
    #expect(throws: MerkleDefect.repeatedLeftSibling(level: 0)) {
      try branch.root(of: leaves[2], position: 3)
    }
  }

  @Test func `a position outside the tree, an unreadable sibling and a long branch are refused`()
    throws
  {
    let branch = try MerkleBranch(printed: KnownChain.nodes)
    for position in [-1, 4, Int.max, Int.min] {
      #expect(throws: MerkleDefect.positionOutsideTree(position)) {
        try branch.root(of: leaves[0], position: position)
      }
    }
    #expect(throws: MerkleDefect.unreadable(index: 1)) {
      try MerkleBranch(printed: [KnownChain.zero, "zz"])
    }
    #expect(throws: MerkleDefect.tooLong(33)) {
      try MerkleBranch(printed: [String](repeating: KnownChain.zero, count: 33))
    }
    let empty = try MerkleBranch([])
    #expect(try empty.root(of: leaves[0], position: 0) == leaves[0])
    let longest = try MerkleBranch([ChainHash](repeating: leaves[0], count: 32))
    #expect(throws: Never.self) { try longest.root(of: leaves[1], position: 0) }
  }

  @Test func `the documented checkpoint proof leads to the documented root`() throws {
    let header = try #require(KnownChain.documentedHeader)
    let branch = try MerkleBranch(printed: KnownChain.documentedBranch)
    let proof = try #require(CheckpointProof(branch: branch, checkpoint: 8))
    let root = try proof.root(of: try #require(ChainHash(header.hash)), height: 5)
    #expect(root.printed == KnownChain.documentedRoot)
    #expect(CheckpointProof(branch: branch, checkpoint: 7) == nil)
    #expect(CheckpointProof(branch: branch, checkpoint: 16) == nil)
    #expect(CheckpointProof(branch: branch, checkpoint: -1) == nil)
    #expect(throws: MerkleDefect.positionOutsideTree(9)) {
      try proof.root(of: leaves[0], height: 9)
    }
  }

  @Test func `a subtree of a checkpoint proof is the same whatever the checkpoint is`() throws {
    let headers = (0..<90).map { ChainHash(of: [UInt8($0)]) }
    func subtrees(_ checkpoint: Int) throws -> [Int: ChainHash] {
      let branch = try MerkleBranch(Self.branch(Array(headers[...checkpoint]), of: 0))
      let proof = try #require(CheckpointProof(branch: branch, checkpoint: checkpoint))
      return Dictionary(uniqueKeysWithValues: proof.completeSubtrees.map { ($0.level, $0.value) })
    }
    let (short, long) = (try subtrees(40), try subtrees(89))
    #expect(short.keys.sorted() == [0, 1, 2, 3, 4])
    #expect(long.keys.sorted() == [0, 1, 2, 3, 4, 5])
    for (level, value) in short { #expect(long[level] == value) }
    // A row that is not full repeats its last node, so that only full ones compare.
    #expect(CheckpointProof.isComplete(level: 5, checkpoint: 62) == false)
    #expect(CheckpointProof.isComplete(level: 5, checkpoint: 63))
    #expect(try subtrees(0).isEmpty)
  }

  /// The siblings of a leaf in a tree whose odd rows repeat their last node.
  static func branch(_ leaves: [ChainHash], of index: Int) -> [ChainHash] {
    var (row, position, branch) = (leaves, index, [ChainHash]())
    while row.count > 1 {
      if row.count % 2 == 1 { row.append(row[row.count - 1]) }
      branch.append(row[position ^ 1])
      row = stride(from: 0, to: row.count, by: 2).map {
        ChainHash(of: row[$0].bytes + row[$0 + 1].bytes)
      }
      position >>= 1
    }
    return branch
  }
}
