import Ordering
import Records
import Statistics

/// What concentration is measured of: units, weightings, and what else the counts may be.
struct NetworkConcentration {
  let profiles: [FeatureProfile]
  let membership: [String: OperatorMembership]
  let bands: [OperatorBand]
  /// Endpoints of each server that were reached.
  let endpoints: [String: Int]
  /// Sessions of simulated wallets whose main server it is, by server; nil: nothing was simulated.
  let mains: [String: Int]?
  /// Servers of each list that a wallet starts with, by its name.
  let lists: [String: [String]]
  /// Organisation of a server's autonomous system, and the node behind it, by server.
  let hosters: [String: String]
  let nodes: [String: String]
  /// Servers that nobody named, as estimated.
  let unseen: Int

  private typealias Unit = (name: String, of: (FeatureProfile) -> String?)

  private var units: [Unit] {
    [
      (
        "as",
        { $0.features.texts(.asns).count == 1 ? $0.features.texts(.asns)[0] : nil }
      ), ("backend", { nodes[$0.serverID] }), ("country", { $0.features.text(.country) }),
      ("hoster", { hosters[$0.serverID] }),
      ("operator", { membership[$0.serverID]?.operatorID }),
      ("operator.cohort", { membership[$0.serverID]?.cohortID }),
      ("operator.declared", { membership[$0.serverID]?.declaredID }),
      ("operator.identity", { membership[$0.serverID]?.identityID }),
      ("software", { $0.features.text(.software) }),
    ]
  }

  func rows(_ table: ConcentrationTable, checking check: () throws -> Void) throws
    -> [ConcentrationIndex]
  {
    let partitions = partitions(of: profiles.map(\.serverID))
    var rows: [ConcentrationIndex] = []
    for (unit, value) in units {
      for (weighting, weight) in weightings {
        try check()
        let items = profiles.map { profile in
          ConcentrationTable.Item(
            operatorID: membership[profile.serverID]?.operatorID ?? profile.serverID,
            unit: value(profile), count: weight(profile.serverID))
        }
        var doubts = ConcentrationTable.Doubts()
        if unit == "operator" { doubts.partitions = partitions }
        if weighting == "server" { doubts.unseen = unseen }
        rows += try table.rows(unit: unit, weighting: weighting, items, doubts)
      }
    }
    return try rows + listRows(table)
  }

  /// Likely operators in each wallet's list, whether its servers answered or not.
  private func listRows(_ table: ConcentrationTable) throws -> [ConcentrationIndex] {
    try lists.sorted { $0.key < $1.key }.flatMap { name, servers in
      let items = servers.map { server in
        let unit = membership[server]?.operatorID ?? server
        return ConcentrationTable.Item(operatorID: unit, unit: unit)
      }
      var doubts = ConcentrationTable.Doubts()
      doubts.partitions = partitions(of: servers)
      return try table.rows(
        unit: "operator", weighting: ConcentrationIndex.listPrefix + name, items, doubts)
    }
  }

  private var weightings: [(String, (String) -> Int)] {
    var weightings: [(String, (String) -> Int)] = [("endpoint", { endpoints[$0] ?? 0 })]
    if let mains { weightings.append(("exposure", { mains[$0] ?? 0 })) }
    return weightings + [("server", { _ in 1 })]
  }

  /// The other partitions into operators: by identity, by declaration, by cohort, and with other weights.
  private func partitions(of servers: [String]) -> [[String?]] {
    let others: [(OperatorMembership) -> String?] = [
      { $0.identityID }, { $0.declaredID }, { $0.cohortID ?? $0.declaredID },
    ]
    // Who is in no partition is alone.
    var partitions = others.map { of in servers.map { membership[$0].flatMap(of) ?? $0 } }
    let variants = Dictionary(grouping: bands, by: \.variant)
    for (_, rows) in variants.sorted(by: { $0.key < $1.key }) {
      let operators = Dictionary(
        rows.map { ($0.serverID, $0.operatorID) }, uniquingKeysWith: { first, _ in first })
      partitions.append(servers.map { operators[$0] ?? membership[$0]?.operatorID ?? $0 })
    }
    return partitions
  }
}
