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
  let replyForm: ReplyForm
  /// As a row.
  let row: Scan

  init(scan: String, folder: String) throws(ArtifactError) {
    let observation = try StageManifest(path: folder + "/collect.manifest.json").lineage
      .observation
    let network = observation?.text("network").flatMap { BitcoinNetwork(rawValue: $0) } ?? .mainnet
    self.network = network
    allowedRanges = observation?.texts("allowed_ranges").compactMap { AddressRange($0) } ?? []
    replyForm = Self.replyForm(observation)
    row = Self.row(scan, network, observation)
  }

  private static func replyForm(_ observation: JSONValue?) -> ReplyForm {
    guard observation?.boolean("imported") == true else { return .bytes }
    return observation?.text("replies") == "values" ? .value : .text
  }

  private static func row(
    _ scan: String, _ network: BitcoinNetwork, _ observation: JSONValue?
  ) -> Scan {
    var row = Scan(scan: scan, chain: observation?.text("network") ?? network.rawValue).with {
      $0.simulated = observation?.boolean("simulated") ?? false
      $0.imported = observation?.boolean("imported") ?? false
    }
    guard let observation else { return row }
    row.startedAt = observation.text("started_at")
    row.endedAt = observation.text("ended_at")
    row.cause = observation.text("cause")
    row.plan = observation.text("plan")
    row.routes = observation.texts("routes")
    if row.imported {
      row.format = observation.text("format")
    } else {
      row.vantage = observation.text("vantage")
      row.complete = observation.boolean("complete")
    }
    if case .object(let counts)? = observation["dropped"] {
      row.dropped = counts.compactMap { limit, count in
        if case .integer(let count) = count, count > 0 { "\(limit) \(count)" } else { nil }
      }
    }
    return row
  }
}
