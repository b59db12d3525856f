import Ordering
internal import Records

/// Why exchanges of a server are shown, and where they stand.
struct TranscriptReference {
  /// The reason of exchanges that show what a server says of itself.
  static let identification = "identification"
  /// Those exchanges, by the beginnings of their probes' ids.
  static let identifyingProbes = [
    "server.version", "server.banner", "server.features", "server.donation_address",
  ]
  /// Most places of one indicator at one server.
  private static let limit = 2

  let serverID: String
  /// Id of the indicator, or `identification`.
  let reason: String
  let scan: String
  let endpointID: String
  /// nil: the first attempt that was answered.
  let attempt: Int?
  /// Position of the exchange in the attempt, from 1; 0: the attempt as a whole.
  let sequence: Int

  static func path(_ serverID: String) -> String { "data/transcripts/\(serverID).html" }

  /// Where the exchanges stand in the site.
  var target: String { Self.path(serverID) + "#" + anchor }

  var anchor: String { "r-" + reason.map { $0.isASCII && $0.isLetter || $0.isNumber ? $0 : "-" } }

  /// What the claims of the tables rest on and whose bytes exist, in the order of the servers.
  ///
  /// Of the rows of one indicator those are taken whose scan has most rows, so that few scans have to
  /// be read again.
  static func all(_ facts: ReportFacts) -> [TranscriptReference] {
    let kept = facts.evidence.filter(\.archived)
    let weight = Dictionary(kept.map { ($0.scan, 1) }, uniquingKeysWith: +)
    let grouped = Dictionary(grouping: kept) { $0.serverID + " " + $0.indicator }
    let shown = grouped.sorted { $0.key < $1.key }.flatMap { _, rows in
      rows.sorted {
        (weight[$1.scan] ?? 0, $1.scan, $0.endpointID, $0.attempt, $0.sequence)
          < (weight[$0.scan] ?? 0, $0.scan, $1.endpointID, $1.attempt, $1.sequence)
      }.prefix(limit).map { row in
        TranscriptReference(
          serverID: row.serverID, reason: row.indicator, scan: row.scan,
          endpointID: row.endpointID, attempt: row.attempt, sequence: row.sequence)
      }
    }
    return (shown + identifications(facts)).sorted { $0.serverID < $1.serverID }
  }

  /// What servers of likely operators say of themselves, in the last scan.
  private static func identifications(_ facts: ReportFacts) -> [TranscriptReference] {
    guard let scan = facts.lastScan, !scan.isImported else { return [] }
    let joined = (facts.operators ?? []).filter { $0.operatorServers > 1 }.map(\.serverID)
    return joined.compactMap { id in
      guard let visit = facts.histories[id]?.last, facts.scans[visit.scan].name == scan.name,
        let endpoint = facts.endpoints[id]?.first(where: { $0.outcome == .answered })
      else { return nil }
      return TranscriptReference(
        serverID: id, reason: identification, scan: scan.name, endpointID: endpoint.endpointID,
        attempt: nil, sequence: 0)
    }
  }
}
