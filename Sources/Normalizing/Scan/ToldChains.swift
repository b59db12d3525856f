import ElectrumProtocol
import Records

/// Which networks the servers of a scan say that they are of, by their genesis hashes.
struct ToldChains {
  /// Servers that tell a genesis hash, whatever it is.
  private(set) var telling = 0
  /// Of these, by known network.
  private var servers: [BitcoinNetwork: Int] = [:]

  init(_ servers: [Server]) {
    for server in servers {
      guard let hash = server.genesisHash, GenesisHash.isOfBlock(hash) else { continue }
      telling += 1
      if let network = BitcoinNetwork(genesisHash: hash) { self.servers[network, default: 0] += 1 }
    }
  }

  /// The known network that most tell, but for one; of two the first by name.
  private func most(without network: BitcoinNetwork? = nil) -> BitcoinNetwork? {
    servers.filter { $0.key != network }
      .min { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }?.key
  }

  /// Servers that tell another known network than this one.
  func others(than network: BitcoinNetwork) -> Int {
    servers.reduce(0) { $1.key == network ? $0 : $0 + $1.value }
  }

  /// Whether more than half of the servers that tell a genesis hash tell one of another known network:
  /// rather the name of the network is wrong than they all are.
  func isOtherChain(than network: BitcoinNetwork) -> Bool {
    2 * others(than: network) > telling
  }

  /// Marks the row of a scan of `network`.
  func describe(_ row: inout Scan, of network: BitcoinNetwork) {
    let isOther = isOtherChain(than: network)
    row.chainTold = most(without: isOther ? network : nil)?.rawValue
    if isOther { row.marks.append(ScanMark.otherChain.rawValue) }
  }

  /// What to say where the scan is marked; nil where it is not.
  func warning(of network: BitcoinNetwork) -> String? {
    guard isOtherChain(than: network), let most = most(without: network) else { return nil }
    return "\(others(than: network)) of the \(telling) servers that tell a genesis hash are not of "
      + "\(network.rawValue), as collect.network in pipeline.json says: most are of "
      + "\(most.rawValue). No server is judged by the chain; if they are what you meant to "
      + "measure, set collect.network to \(most.rawValue) and take or import the scan anew"
  }
}
