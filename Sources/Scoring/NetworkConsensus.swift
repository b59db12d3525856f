import Records

/// What the network says, one vote a likely operator, so that a fleet is one voice.
struct NetworkConsensus {
  /// Genesis hash that most operators serve; nil where none has a majority of the votes.
  let genesisHash: String?
  /// Weighted median tip by scan, among servers of that genesis.
  let tips: [String: (height: Int, time: String?)]

  init(_ servers: [ServerEvidence], operatorOf: [String: String]) {
    var votes: [String: Set<String>] = [:]
    var voters: Set<String> = []
    for server in servers {
      let voter = operatorOf[server.profile.serverID] ?? server.profile.serverID
      for hash in server.genesisHashes {
        votes[hash, default: []].insert(voter)
        voters.insert(voter)
      }
    }
    let best = votes.min { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    genesisHash = best.flatMap { 2 * $0.value.count > voters.count ? $0.key : nil }
    tips = Self.tips(servers, operatorOf, genesisHash)
  }

  private static func tips(
    _ servers: [ServerEvidence], _ operatorOf: [String: String], _ genesis: String?
  ) -> [String: (height: Int, time: String?)] {
    // scan -> operator -> the highest of its tips: an operator's best is its vote.
    var votes: [String: [String: ServerEvidence.Tip]] = [:]
    for server in servers {
      if let genesis, !server.genesisHashes.isEmpty, !server.genesisHashes.contains(genesis) {
        continue
      }
      let voter = operatorOf[server.profile.serverID] ?? server.profile.serverID
      for tip in server.tips where tip.height > votes[tip.scan]?[voter]?.height ?? -1 {
        votes[tip.scan, default: [:]][voter] = tip
      }
    }
    return votes.mapValues { tips in
      let sorted = tips.values.sorted {
        ($0.height, $0.hash ?? "") < ($1.height, $1.hash ?? "")
      }
      let median = sorted[sorted.count / 2]
      return (median.height, median.time)
    }
  }
}
