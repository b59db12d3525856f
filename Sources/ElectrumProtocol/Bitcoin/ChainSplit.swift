/// A block by which two chains with one genesis block are told apart.
public struct ChainSplit: Sendable, Equatable {
  /// Of a block behind the split, and before the next one.
  public let height: Int
  /// Hash of the network's own block there, as servers print it (byte-reversed, hexadecimal).
  public let hash: String
  /// The chain that has another block there: the one that split, with all that split from it later.
  public let branch: String

  /// Bitcoin Cash left at 478,559, Bitcoin Gold at 491,407; the blocks are the last ones of their retarget
  /// periods, which wallets hold as checkpoints.
  static let mainnet = [
    ChainSplit(
      height: 479_807, hash: "00000000000000000053e2d10bd703ad5b7787614965711d6170b69b133aa366",
      branch: "bitcoin-cash"),
    ChainSplit(
      height: 491_903, hash: "000000000000000000e3be3cf7343d7792c0d47d3c39ddb9ceaf19961e9eeab4",
      branch: "bitcoin-gold"),
  ]
}

extension BitcoinNetwork {
  /// The chain that headers behind its splits are of.
  ///
  /// - Parameter hashes: of the headers that a server told, by height.
  /// - Returns: nil where a header is missing that would tell.
  public func chain(byHeaders hashes: [Int: String]) -> String? {
    if splits.isEmpty { return nil }
    for split in splits {
      guard let hash = hashes[split.height] else { return nil }
      if hash != split.hash { return split.branch }
    }
    return rawValue
  }
}
