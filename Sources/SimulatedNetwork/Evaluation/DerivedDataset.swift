internal import Artifact
internal import Foundation
internal import Records

/// What the pipeline derived of a simulated network, as far as it is judged.
struct DerivedDataset {
  /// Server id of each endpoint that was reached, by `address port transport`.
  private(set) var serverOf: [String: String] = [:]
  let operators: [String: OperatorMembership]
  let links: [Link]
  /// The partition into likely operators under other assumptions: by variant and server.
  private(set) var bands: [String: [String: String]] = [:]
  /// Features by server.
  let features: [String: FeatureSet]
  let deviations: [String: Deviation]
  let indicators: [Indicator]
  /// Behaviour class of each server that was classed.
  let classOf: [String: String]
  /// Behaviour family of each server that has one.
  let familyOf: [String: String]
  /// By server that answered anything: its response signatures by probe.
  private(set) var signaturesOf: [String: [String: String]] = [:]
  /// Names of each endpoint that was reached, by its key.
  private(set) var hostOf: [String: String] = [:]
  /// Identification of each server, as sent.
  private(set) var softwareOf: [String: String] = [:]

  /// - Parameter path: a dataset's folder, with `normalized`, `features`, `clusters` and `scores`.
  init(path: String) throws(ArtifactError) {
    let clusters = path + "/clusters"
    operators = try Self.rows(OperatorMembership.self, clusters)
      .reduce(into: [:]) { $0[$1.serverID] = $1 }
    links = try Self.rows(Link.self, clusters)
    features = try Self.rows(FeatureProfile.self, path + "/features")
      .reduce(into: [:]) { $0[$1.serverID] = $1.features }
    deviations = try Self.rows(Deviation.self, path + "/scores")
      .reduce(into: [:]) { $0[$1.serverID] = $1 }
    indicators = try Self.rows(Indicator.self, path + "/scores")
    let behaviour = try Self.rows(BehaviourMembership.self, clusters)
    classOf = behaviour.reduce(into: [:]) { $0[$1.serverID] = $1.classID }
    familyOf = behaviour.reduce(into: [:]) { $0[$1.serverID] = $1.familyID }
    let signatures = try ArtifactReader<ProbeSignature>(folder: path + "/features")
    while let row = try signatures.next() {
      signaturesOf[row.serverID, default: [:]][row.probe] = row.signature
    }
    for row in try Self.rows(OperatorBand.self, clusters) {
      bands[row.variant, default: [:]][row.serverID] = row.operatorID
    }
    for scan in try SeriesIndex(folder: path + "/raw").scans {
      let reader = try ArtifactReader<Endpoint>(folder: path + "/normalized/" + scan)
      while let row = try reader.next() {
        guard row.reached else { continue }
        let key = Self.key(row.address, row.port, row.transport.rawValue)
        serverOf[key] = row.serverID
        hostOf[key] = row.host.first ?? row.address
      }
      for row in try Self.rows(Server.self, path + "/normalized/" + scan) {
        softwareOf[row.serverID] = row.serverVersionText ?? softwareOf[row.serverID]
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
