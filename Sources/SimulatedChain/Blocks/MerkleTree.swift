import Digests
internal import ElectrumProtocol

/// Bitcoin's merkle tree over hashes in internal byte order: an odd row repeats its last hash.
package enum MerkleTree {
  package static func root(_ hashes: [[UInt8]]) -> [UInt8] {
    branchAndRoot(hashes, index: 0).root
  }

  /// The sibling hashes from leaf to root for the leaf at `index`.
  package static func branchAndRoot(
    _ hashes: [[UInt8]], index: Int
  ) -> (branch: [[UInt8]], root: [UInt8]) {
    var row = hashes
    var position = index
    var branch: [[UInt8]] = []
    while row.count > 1 {
      if row.count % 2 == 1 { row.append(row[row.count - 1]) }
      branch.append(row[position ^ 1])
      var next: [[UInt8]] = []
      next.reserveCapacity(row.count / 2)
      for pair in stride(from: 0, to: row.count, by: 2) {
        next.append(SHA256.doubleDigest(row[pair] + row[pair + 1]))
      }
      row = next
      position >>= 1
    }
    return (branch, row.first ?? [UInt8](repeating: 0, count: 32))
  }
}
