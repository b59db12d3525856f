public import ElectrumProtocol

/// What a transaction's bytes say of it.
public struct RawTransaction: Sendable, Hashable {
  /// An output that an input spends.
  public struct Outpoint: Sendable, Hashable {
    public let transaction: ChainHash
    public let index: UInt32
  }

  /// What it spends.
  public let inputs: [Outpoint]
  /// The scripts that it pays.
  public let outputs: [[UInt8]]
  /// The transaction without witnesses, which its id is the hash of.
  let stripped: [UInt8]

  /// Bytes of a node of a Merkle tree: two hashes.
  private static let nodeSize = 64

  /// Nil unless the bytes are one transaction with inputs and outputs, and nothing after it.
  public init?(_ bytes: [UInt8]) {
    var reader = RawTransactionReader(bytes)
    guard let parts = reader.transaction() else { return nil }
    inputs = parts.inputs
    outputs = parts.outputs
    stripped = parts.stripped
  }

  public var id: ChainHash { ChainHash(of: stripped) }

  /// Whether the bytes can be two nodes of a Merkle tree as well: somebody may have made them to be
  /// both, so that a branch to such a leaf proves nothing.
  public var isOfNodeSize: Bool { stripped.count == Self.nodeSize }

  public var isCoinbase: Bool {
    inputs.count == 1 && inputs[0].index == .max
      && inputs[0].transaction.bytes.allSatisfy { $0 == 0 }
  }

  /// How it touches a script.
  /// - Parameter parents: transactions whose outputs its inputs spend, by id. What an input spends is
  ///   taken from the parent's bytes and never guessed from the input's own, which do not show it for
  ///   every kind of script.
  public func touch(_ script: Scripthash, parents: [ChainHash: RawTransaction]) -> ScriptTouch {
    if outputs.contains(where: { Scripthash(scriptPubKey: $0) == script }) { return .pays }
    if isCoinbase { return .none }
    var isHidden = false
    for input in inputs {
      let index = Int(input.index)
      guard let parent = parents[input.transaction], parent.outputs.indices.contains(index)
      else {
        isHidden = true
        continue
      }
      if Scripthash(scriptPubKey: parent.outputs[index]) == script { return .spends }
    }
    return isHidden ? .hidden : .none
  }
}

/// How a transaction touches a script.
public enum ScriptTouch: String, Sendable, Hashable, CaseIterable {
  case pays, spends
  /// Neither.
  case none
  /// It does not pay it, and not every transaction whose outputs it spends is known.
  case hidden
}
