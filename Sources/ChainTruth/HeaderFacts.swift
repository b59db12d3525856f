public import ElectrumProtocol

/// What a header says, and its hash.
public struct HeaderFacts: Sendable, Hashable {
  public let hash: ChainHash
  /// Hash of the block before.
  public let previous: ChainHash
  /// nil: the header's bytes were not kept.
  public let merkleRoot: ChainHash?
  /// Seconds since 1970, by the miner's clock.
  public let time: UInt32
  /// The target in compact form.
  public let bits: UInt32

  public init(
    hash: ChainHash, previous: ChainHash, merkleRoot: ChainHash?, time: UInt32, bits: UInt32
  ) {
    self.hash = hash
    self.previous = previous
    self.merkleRoot = merkleRoot
    self.time = time
    self.bits = bits
  }

  public init(_ header: BlockHeader) {
    self.init(
      hash: ChainHash(of: header.bytes), previous: ChainHash(internal: header.previousHash),
      merkleRoot: ChainHash(internal: header.merkleRoot), time: header.time, bits: header.bits)
  }

  /// Whether the hash meets the target that the header itself states.
  public var hasProofOfWork: Bool {
    CompactTarget(bits: bits).map { $0.isMet(by: hash.bytes) } ?? false
  }
}
