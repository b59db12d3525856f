import Digests
package import ElectrumProtocol

/// The chain and mempool as one server tells them: those of its node, perhaps with planted lies.
package struct ChainView: Sendable {
  package let node: NodeState
  /// Hash of block 0 as this server states it.
  package let genesisHash: String
  package let lies: ChainLies

  package var chain: SimulatedChain { node.chain }
  /// Height of the newest block this server knows.
  package var tip: Int { node.tip }

  package init(node: NodeState, genesisHash: String? = nil, lies: ChainLies = ChainLies()) {
    self.node = node
    self.genesisHash = genesisHash ?? node.chain.plan.network.genesisHash
    self.lies = lies
  }

  /// A server whose node has the standard policy and a quiet mempool.
  package init(
    chain: SimulatedChain, tip: Int, genesisHash: String, lies: ChainLies = ChainLies()
  ) {
    self.init(node: NodeState(chain: chain, tip: tip), genesisHash: genesisHash, lies: lies)
  }

  package func header(_ height: Int) -> BlockHeader? {
    guard (0...tip).contains(height) else { return nil }
    if height == tip, let falseTip = lies.falseTip { return falseTip }
    return chain.blocks[height].header
  }

  /// The block's transactions in order; nil above the tip.
  package func transactions(at height: Int) -> [SimulatedTransaction]? {
    (0...tip).contains(height) ? chain.blocks[height].transactions : nil
  }

  package func location(_ transaction: String) -> SimulatedChain.Location? {
    guard let place = chain.locations[transaction], place.height <= tip else { return nil }
    return place
  }

  /// A transaction of a block or of the mempool; nil where the server does not have it or says so.
  package func transaction(_ id: String) -> SimulatedTransaction? {
    if lies.saysMissing(id) { return nil }
    if let pooled = node.mempool.transaction(id) { return pooled.transaction }
    return location(id) == nil ? nil : chain.transaction(id)
  }

  /// Its bytes, witnesses included.
  package func rawTransaction(_ id: String) -> [UInt8]? { transaction(id)?.bytes }

  /// Branch and root that prove the header at `height` to a checkpoint, as printed.
  package func headerProof(_ height: Int, checkpoint: Int) -> (branch: [String], root: String) {
    let last = min(max(checkpoint, 0), tip)
    let proof = MerkleTree.branchAndRoot(
      chain.blocks[0...last].map(\.hash), index: min(max(height, 0), last))
    let branch = lies.told(proof.branch)
    return (branch.map { Hex.text($0.reversed()) }, Hex.text(proof.root.reversed()))
  }

  /// Sibling hashes of a transaction in its block, as printed.
  package func merkleBranch(_ place: SimulatedChain.Location) -> [String] {
    guard let transactions = transactions(at: place.height),
      transactions.indices.contains(place.position)
    else { return [] }
    let proof = MerkleTree.branchAndRoot(
      transactions.map(\.identifier), index: place.position)
    return lies.told(proof.branch).map { Hex.text($0.reversed()) }
  }

  /// What is known of an output.
  package func spender(of outpoint: SimulatedTransaction.Outpoint) -> OutpointStatus {
    let text = Hex.text(outpoint.transaction.reversed())
    let pooled = node.mempool.transaction(text)
    guard
      let funder = pooled?.transaction ?? (location(text).flatMap { _ in chain.transaction(text) }),
      funder.outputs.indices.contains(outpoint.index)
    else { return OutpointStatus() }
    var status = OutpointStatus(funderHeight: location(text)?.height ?? pooled?.entry.height)
    if let spend = chain.spends[outpoint], spend.height <= tip {
      status.spender = spend.transaction
      status.spenderHeight = spend.height
    } else if let pooled = node.mempool.spender(of: outpoint) {
      status.spender = pooled.transaction.text
      status.spenderHeight = pooled.entry.height
    }
    return status
  }
}

/// Where an output was made and spent; heights as in histories. All nil: nobody knows it.
package struct OutpointStatus: Sendable, Equatable {
  package var funderHeight: Int?
  /// Id as printed.
  package var spender: String?
  package var spenderHeight: Int?

  package init(funderHeight: Int? = nil, spender: String? = nil, spenderHeight: Int? = nil) {
    self.funderHeight = funderHeight
    self.spender = spender
    self.spenderHeight = spenderHeight
  }
}
