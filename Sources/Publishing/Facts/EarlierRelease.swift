internal import Artifact
internal import Records
internal import Releases
internal import StageKit

/// The release before, which a publication is compared with.
struct EarlierRelease {
  private let package: PublishedPackage

  init(folder: String, context: StageContext) throws(ArtifactError) {
    package = try PublishedPackage(folder: folder)
    context.record(
      input: Manifest.Source(
        name: "previous/datapackage.json", sha256: package.descriptorSHA256))
  }

  /// What we did otherwise since, and before.
  func events(until later: PackageFacts) throws(ArtifactError) -> [NetworkEvent] {
    try PackageEvents.all(
      from: package, to: PackageLineage(Provenance.json(later)), version: later.version,
      created: later.created ?? package.created)
  }

  /// - Parameter later: the publication with all tables that are compared; their bytes are not yet in place.
  func comparison(
    with later: PackageFacts, context: StageContext
  ) throws(ArtifactError) -> ReleaseComparison {
    let files = context.unfinished(folder: "data").map { ("data/" + $0.key, $0.value) }
    return try ReleaseComparison(
      earlier: package,
      later: PublishedPackage(
        making: context.output, descriptor: DataPackage.json(later),
        provenance: Provenance.json(later),
        tables: Dictionary(files, uniquingKeysWith: { _, last in last })))
  }
}
