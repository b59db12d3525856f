import ElectrumProtocol
import Records

/// The chain that a scan is of, as its parameters or its import named it: no vote decides it.
struct ScanChain: Sendable {
  /// Of the network that was named; nil where this program does not know it.
  let genesisHash: String?
  /// Whether most servers are of another known network, so that the name is wrong rather than they.
  let isOther: Bool

  init(genesisHash: String?, isOther: Bool = false) {
    self.genesisHash = genesisHash
    self.isOther = isOther
  }

  init(_ scan: Scan) {
    self.init(
      genesisHash: BitcoinNetwork(rawValue: scan.chain)?.genesisHash,
      isOther: scan.isOfOtherChain)
  }

  /// What a server of the chain tells; nil where servers cannot be judged by it.
  var expectedGenesis: String? { isOther ? nil : genesisHash }
}
