internal import ElectrumProtocol

/// The chain as one server sees it: up to its own tip, perhaps with a planted false tip.
struct ChainView: Sendable {
  let chain: SimulatedChain
  /// Height of the newest block this server knows.
  let tip: Int
  /// Hash of block 0 as this server states it.
  let genesisHash: String
  /// Shown instead of the newest header.
  let falseTip: BlockHeader?

  func header(_ height: Int) -> BlockHeader? {
    guard (0...tip).contains(height) else { return nil }
    if height == tip, let falseTip { return falseTip }
    return chain.blocks[height].header
  }

  /// Nil if no block up to the tip touches the script.
  func ledger(_ hash: Scripthash) -> ScriptLedger? {
    chain.ledgers[hash]
  }

  func history(_ hash: Scripthash) -> [ScriptLedger.Entry] {
    chain.ledgers[hash]?.history(upTo: tip) ?? []
  }

  func unspent(_ hash: Scripthash) -> [ScriptLedger.Coin] {
    chain.ledgers[hash]?.unspent(upTo: tip) ?? []
  }

  func balance(_ hash: Scripthash) -> Int64 {
    chain.ledgers[hash]?.balance(upTo: tip) ?? 0
  }

  /// SHA-256 of `txid:height:` over the history, or nil for an untouched script.
  func status(_ hash: Scripthash) -> String? {
    let history = history(hash)
    if history.isEmpty { return nil }
    let text = history.map { "\($0.transaction):\($0.height):" }.joined()
    return Hex.text(SHA256.digest(Array(text.utf8)))
  }

  func location(_ transaction: String) -> SimulatedChain.Location? {
    guard let place = chain.locations[transaction], place.height <= tip else { return nil }
    return place
  }

  /// Branch and root that prove the header at `height` to a checkpoint, as printed.
  func headerProof(_ height: Int, checkpoint: Int) -> (branch: [String], root: String) {
    let hashes = chain.blocks[0...checkpoint].map(\.header.hash)
    let proof = MerkleTree.branchAndRoot(Array(hashes), index: height)
    return (proof.branch.map { Hex.text($0.reversed()) }, Hex.text(proof.root.reversed()))
  }

  /// Sibling hashes of a transaction in its block, as printed.
  func merkleBranch(_ place: SimulatedChain.Location) -> [String] {
    let hashes = chain.blocks[place.height].transactions.map(\.identifier)
    return MerkleTree.branchAndRoot(hashes, index: place.position).branch.map {
      Hex.text($0.reversed())
    }
  }
}
