import Artifact
import Digests
import Ordering
import Records
import StageKit

/// What one scan shows of its servers: made once, and kept with all that it was made from.
///
/// Adding a scan to a series then reads what the others showed, and none of their answers. A summary is
/// used again only if the stage's revision, its parameters, the scan's tables and the likely operators
/// of the scan's servers are those that it was made from.
struct ScanSummary {
  let context: StageContext
  let scan: String
  let folder: String

  /// The tables that a summary is made from.
  private static let tables: [any ArtifactRow.Type] =
    [
      Advertisement.self, Certificate.self, Endpoint.self, ExchangeRecord.self, Scan.self,
      Server.self, SoftwareRecord.self,
    ] + RecordCatalog.facts

  /// - Parameter voters: servers that the scan reached and their likely operators.
  func inputs(_ voters: [String: String]) throws -> [Manifest.Source] {
    try Self.tables.map { table in
      let file = table.schema.fileName
      let manifest = try Manifest(path: Manifest.fileName(for: folder + "/" + file))
      return Manifest.Source(name: "\(scan)/\(file)", sha256: manifest.content.contentSHA256)
    } + [Manifest.Source(name: "\(scan)/operators", sha256: Self.digest(voters))]
  }

  /// Of the partition, whatever its parts are called.
  private static func digest(_ voters: [String: String]) -> String {
    var first: [String: String] = [:]
    var text: [UInt8] = []
    for (server, voter) in voters.sorted(by: { $0.key < $1.key }) {
      let label = first[voter] ?? server
      first[voter] = label
      text += "\(server) \(label)\n".utf8
    }
    return SHA256.hex(text)
  }

  /// What an earlier run kept of the same inputs; nil where there is none.
  func kept(_ inputs: [Manifest.Source]) -> [ScanIndicator]? {
    let place = context.output + "/" + scan
    guard
      let manifest = try? Manifest(
        path: Manifest.fileName(for: place + "/" + ScanIndicator.schema.fileName)),
      manifest.lineage == context.lineage(inputs: inputs)
    else { return nil }
    return try? ArtifactReader<ScanIndicator>(folder: place).all()
  }

  func write(_ rows: [ScanIndicator], _ inputs: [Manifest.Source]) throws {
    for input in inputs { context.record(input: input) }
    try context.write(rows, folder: scan, inputs: inputs)
  }
}

extension ScanIndicator {
  static func rows(_ server: String, _ rule: RuleID, _ seen: ScanObservation) -> [ScanIndicator] {
    let bounded = seen.bounded
    let empty = ScanIndicator().with {
      $0.serverID = server
      $0.indicator = rule.text
      $0.observations = bounded.observations
    }
    if bounded.hits.isEmpty { return [empty] }
    return bounded.hits.enumerated().map { number, hit in
      empty.with {
        $0.hit = number + 1
        $0.grade = hit.grade
        $0.subject = hit.subject
        $0.text = hit.text
        $0.endpointID = hit.place?.endpointID
        $0.attempt = hit.place?.attempt
        $0.sequence = hit.place?.sequence
      }
    }
  }

  func observedHit(_ scan: String) -> ScanObservation.Hit? {
    guard let grade, let subject, let text else { return nil }
    let place = endpointID.flatMap { endpoint in
      attempt.map {
        EvidencePlace(scan: scan, endpointID: endpoint, attempt: $0, sequence: sequence)
      }
    }
    return .init(grade, subject, text, place)
  }
}
