import Probing
import Records

/// What became of the questions of a scan, by endpoint and family of probes, so that each missing
/// value has a reason.
struct OutcomeEvidence {
  /// Stands for every family, where an attempt came not so far that anything could be asked.
  private static let nothing = "all"

  private var tallies: [String: [String: FamilyTally]] = [:]
  /// How the attempts at an endpoint ended.
  private var attempts: [String: [Outcome: Int]] = [:]

  mutating func take(_ connection: Connection) {
    let id = connection.endpointID
    attempts[id, default: [:]][connection.outcome, default: 0] += 1
    if connection.exchanges.isEmpty {
      tallies[id, default: [:]][Self.nothing, default: FamilyTally()].addSession(isCutShort: true)
      tallies[id]?[Self.nothing]?.take([connection.outcome: 1])
      return
    }
    let isCutShort = Self.isCutShort(connection)
    var met: Set<String> = []
    for exchange in connection.exchanges {
      let family = KnownProbes.family(of: exchange.probe)
      if met.insert(family).inserted {
        tallies[id, default: [:]][family, default: FamilyTally()]
          .addSession(isCutShort: isCutShort)
      }
      tallies[id]?[family]?.take(exchange)
    }
  }

  private static func isCutShort(_ connection: Connection) -> Bool {
    connection.truncated
      || connection.exchanges.contains {
        [.untestedSkipped, .throttled, .aborted].contains($0.outcome)
      }
  }

  func rows(serverOf: [String: String]) -> [FamilyOutcome] {
    let families = tallies.values.reduce(into: Set<String>()) { $0.formUnion($1.keys) }
      .subtracting([Self.nothing])
    var rows: [FamilyOutcome] = []
    for (id, tallies) in tallies {
      let server = serverOf[id] ?? ""
      for (family, tally) in tallies {
        rows.append(
          tally.row(
            endpointID: id, serverID: server, family: family, isAsked: family != Self.nothing))
      }
      if tallies.keys.allSatisfy({ $0 == Self.nothing }) { continue }
      var unasked = FamilyTally()
      unasked.take(attempts[id] ?? [:])
      for family in families where tallies[family] == nil {
        rows.append(
          unasked.row(endpointID: id, serverID: server, family: family, isAsked: false))
      }
    }
    return rows
  }
}
