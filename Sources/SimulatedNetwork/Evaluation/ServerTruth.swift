/// A true server that was reached.
struct ServerTruth {
  /// The observed server that most of its endpoints belong to.
  let serverID: String
  let operatorID: String
  let deviations: [String]
  let software: String

  /// All that were reached, by their id in the scenario.
  static func all(_ rows: [TruthRow], _ derived: DerivedDataset) -> [ServerTruth] {
    let groups = Dictionary(grouping: rows, by: \.server)
    return groups.sorted { $0.key < $1.key }.compactMap { _, endpoints in
      var votes: [String: Int] = [:]
      for row in endpoints {
        let key = DerivedDataset.key(row.address, row.port, row.transport)
        if let id = derived.serverOf[key] { votes[id, default: 0] += 1 }
      }
      let best = votes.min { ($1.value, $0.key) < ($0.value, $1.key) }
      guard let best, let first = endpoints.first else { return nil }
      return ServerTruth(
        serverID: best.key, operatorID: first.operatorID, deviations: first.deviations,
        software: first.software)
    }
  }
}
