import Artifact
import Normalizing
import Records
import StageKit
import TestSupport

/// Normalizes hand-made scans in a temporary folder.
struct Normalized {
  let folder: TemporaryFolder
  private let scans: [String]
  private let maximumAdvertisements: Int?

  /// - Parameter maximumAdvertisements: of one source; nil: the default.
  init(_ scans: [RawScan], threads: Int = 1, maximumAdvertisements: Int? = nil) throws {
    self.maximumAdvertisements = maximumAdvertisements
    folder = try TemporaryFolder()
    self.scans = scans.map(\.name)
    for scan in scans { try scan.write(raw: folder.file("raw")) }
    try again(threads: threads)
  }

  /// Runs the stage (once more).
  func again(threads: Int = 1) throws {
    let raw = folder.file("raw")
    var options = try StageOptions.embedded(threads: threads)
    if let maximumAdvertisements {
      let parameters = #"{"maximum_advertisements_per_source":\#(maximumAdvertisements)}"#
      try FileBytes.write(Array(parameters.utf8), to: folder.file("parameters.json"))
      options.parameters = folder.file("parameters.json")
    }
    try StageRunner(NormalizeStage.identity, NormalizeParameters.self, options)
      .run(output: folder.file("normalized")) { parameters, context in
        var stage = try NormalizeStage(parameters, geoip: [], context: context)
        try stage.run(raw: raw)
      }
  }

  /// The rows of a table of a scan (default: the first).
  func rows<Row: ArtifactRow>(_ type: Row.Type, scan: Int = 0) throws -> [Row] {
    try ArtifactReader<Row>(folder: folder.file("normalized/\(scans[scan])")).all()
  }

  func manifest() throws -> StageManifest {
    try StageManifest(path: folder.file("normalized/normalize.manifest.json"))
  }
}

extension Listing {
  static func bootstrap(
    _ address: String, _ host: String? = nil, _ features: [String] = ["v1.4", "t50001"]
  ) -> Listing {
    Listing(address: address, host: host ?? address, source: "list", sourceKind: .bootstrap).with {
      $0.count = 1
      $0.features = features
    }
  }
}
