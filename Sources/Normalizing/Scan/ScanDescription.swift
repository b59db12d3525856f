import Addressing
import Artifact
import ElectrumProtocol
import Records
import StageKit

/// What `collect` says of a scan as a whole.
struct ScanDescription {
  let network: BitcoinNetwork
  /// Ranges that a simulated network opened; empty in a real scan.
  let allowedRanges: [AddressRange]
  /// What is known of the form of its replies.
  let replyForm: KeptForm
  /// As a row.
  let row: Scan

  init(scan: String, folder: String) throws(ArtifactError) {
    let observation = try StageManifest(path: folder + "/collect.manifest.json").lineage
      .observation.map(Observation.init)
    network =
      observation?.network.flatMap { BitcoinNetwork(rawValue: $0) } ?? .mainnet
    allowedRanges = observation?.conduct.allowedRanges.compactMap { AddressRange($0) } ?? []
    replyForm = Self.replyForm(observation)
    row = Self.row(scan, network, observation)
  }

  private static func replyForm(_ observation: Observation?) -> KeptForm {
    guard let observation, observation.imported else { return .bytes }
    return observation.origin.replies == "values" ? .value : .text
  }

  private static func row(
    _ scan: String, _ network: BitcoinNetwork, _ observation: Observation?
  ) -> Scan {
    var row = Scan(scan: scan, chain: observation?.network ?? network.rawValue).with {
      $0.simulated = observation?.simulated ?? false
      $0.imported = observation?.imported ?? false
    }
    guard let observation else { return row }
    row.startedAt = observation.startedAt
    row.endedAt = observation.conduct.endedAt
    row.cause = observation.cause
    row.plan = observation.conduct.plan
    row.routes = observation.conduct.routes
    if observation.imported {
      row.format = observation.origin.format
    } else {
      row.vantage = observation.vantage
      row.complete = observation.complete
    }
    row.dropped = observation.conduct.dropped.sorted { $0.key < $1.key }
      .compactMap { $0.value > 0 ? "\($0.key) \($0.value)" : nil }
    return row
  }
}
