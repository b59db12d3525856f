package import ElectrumProtocol

/// The chain as one server sees it: up to its own tip, perhaps with planted lies.
package struct ChainView: Sendable {
  package let chain: SimulatedChain
  /// Height of the newest block this server knows.
  package let tip: Int
  /// Hash of block 0 as this server states it.
  package let genesisHash: String
  package let lies: ChainLies

  package init(
    chain: SimulatedChain, tip: Int, genesisHash: String, lies: ChainLies = ChainLies()
  ) {
    self.chain = chain
    self.tip = tip
    self.genesisHash = genesisHash
    self.lies = lies
  }

  package func header(_ height: Int) -> BlockHeader? {
    guard (0...tip).contains(height) else { return nil }
    if height == tip, let falseTip = lies.falseTip { return falseTip }
    return chain.blocks[height].header
  }

  /// Nil if no block up to the tip touches the script.
  package func ledger(_ hash: Scripthash) -> ScriptLedger? {
    chain.ledgers[hash]
  }

  package func history(_ hash: Scripthash) -> [ScriptLedger.Entry] {
    chain.ledgers[hash]?.history(upTo: tip) ?? []
  }

  package func unspent(_ hash: Scripthash) -> [ScriptLedger.Coin] {
    chain.ledgers[hash]?.unspent(upTo: tip) ?? []
  }

  package func balance(_ hash: Scripthash) -> Int64 {
    chain.ledgers[hash]?.balance(upTo: tip) ?? 0
  }

  /// SHA-256 of `txid:height:` over the history, or nil for an untouched script.
  package func status(_ hash: Scripthash) -> String? {
    let history = history(hash)
    if history.isEmpty { return nil }
    let text = history.map { "\($0.transaction):\($0.height):" }.joined()
    return Hex.text(SHA256.digest(Array(text.utf8)))
  }

  package func location(_ transaction: String) -> SimulatedChain.Location? {
    guard let place = chain.locations[transaction], place.height <= tip else { return nil }
    return place
  }

  /// Branch and root that prove the header at `height` to a checkpoint, as printed.
  package func headerProof(_ height: Int, checkpoint: Int) -> (branch: [String], root: String) {
    let hashes = chain.blocks[0...checkpoint].map(\.header.hash)
    let proof = MerkleTree.branchAndRoot(Array(hashes), index: height)
    return (proof.branch.map { Hex.text($0.reversed()) }, Hex.text(proof.root.reversed()))
  }

  /// Sibling hashes of a transaction in its block, as printed.
  package func merkleBranch(_ place: SimulatedChain.Location) -> [String] {
    let hashes = chain.blocks[place.height].transactions.map(\.identifier)
    return MerkleTree.branchAndRoot(hashes, index: place.position).branch.map {
      Hex.text($0.reversed())
    }
  }
}
