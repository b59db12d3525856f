internal import Artifact
internal import Foundation
internal import Records

/// What the pipeline derived of a simulated network, as far as it is judged.
struct DerivedDataset {
  /// Server id of each endpoint that was reached, by `address port transport`.
  private(set) var serverOf: [String: String] = [:]
  let operators: [String: OperatorMembership]
  let links: [OperatorLink]
  let deviations: [String: Deviation]

  /// - Parameter path: a dataset's folder, with `normalized`, `clusters` and `scores`.
  init(path: String) throws(ArtifactError) {
    let clusters = path + "/clusters"
    operators = try Self.rows(OperatorMembership.self, clusters)
      .reduce(into: [:]) { $0[$1.serverID] = $1 }
    links = try Self.rows(OperatorLink.self, clusters)
    deviations = try Self.rows(Deviation.self, path + "/scores")
      .reduce(into: [:]) { $0[$1.serverID] = $1 }
    for scan in try SeriesIndex(folder: path + "/raw").scans {
      let reader = try ArtifactReader<Endpoint>(folder: path + "/normalized/" + scan)
      while let row = try reader.next() {
        guard row.reached else { continue }
        serverOf[Self.key(row.address, row.port, row.transport.rawValue)] = row.serverID
      }
    }
  }

  static func key(_ address: String, _ port: Int, _ transport: String) -> String {
    "\(address) \(port) \(transport)"
  }

  private static func rows<Row: ArtifactRow>(
    _ type: Row.Type, _ folder: String
  ) throws(ArtifactError) -> [Row] {
    try ArtifactReader<Row>(folder: folder).all()
  }
}
