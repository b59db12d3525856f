import Records
import Statistics

/// What the network says, one vote a likely operator, so that a fleet is one voice.
struct NetworkConsensus {
  /// The chain of each scan, by its name.
  let chains: [String: ScanChain]
  /// Weighted median tip by scan, among servers that tell no other chain's genesis. A scan in which
  /// most servers are of another chain than its own has none.
  let tips: [String: (height: Int, time: String?)]

  init(
    _ servers: [ServerEvidence], operatorOf: [String: String], chains: [String: ScanChain]
  ) {
    self.chains = chains
    var votes: [String: OperatorVotes<Int>] = [:]
    var times: [String: [Int: ServerEvidence.Tip]] = [:]
    for server in servers {
      let id = server.profile.serverID
      for (scan, tips) in Dictionary(grouping: server.tips, by: \.scan) {
        guard let best = tips.map(\.height).max(), chains[scan]?.isOther != true,
          !server.isOnAnotherChain(in: scan, chains)
        else { continue }
        votes[scan, default: OperatorVotes()]
          .cast(best, server: id, operator: operatorOf[id] ?? id)
        for tip in tips where tip.height == best {
          let known = times[scan]?[best]
          if known == nil || tip.hash ?? "" < known?.hash ?? "" {
            times[scan, default: [:]][best] = tip
          }
        }
      }
    }
    var medians: [String: (height: Int, time: String?)] = [:]
    for (scan, votes) in votes {
      if let height = votes.median { medians[scan] = (height, times[scan]?[height]?.time) }
    }
    tips = medians
  }

  /// Whether most servers of the scan are of another chain than the scan.
  func isOtherChain(_ scan: String) -> Bool { chains[scan]?.isOther ?? false }
}

extension ServerEvidence {
  /// Whether it tells a genesis in the scan, and never that of the scan's chain: the height of another
  /// chain says nothing of lag.
  func isOnAnotherChain(in scan: String, _ chains: [String: ScanChain]) -> Bool {
    guard let expected = chains[scan]?.expectedGenesis, let told = genesisHashes[scan] else {
      return false
    }
    return !told.contains(expected)
  }
}
