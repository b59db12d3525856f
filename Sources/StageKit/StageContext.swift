public import Artifact
import Digests
import Foundation
public import Logging
import Ordering

/// What a running stage is given: checked parameters, threads, inputs that are recorded as they
/// are read, outputs that appear together at the end.
public final class StageContext {
  public let threads: Int
  public let logger: Logger
  /// The parameters as used, defaults included.
  public let parameters: JSONValue
  /// The output folder.
  public let output: String
  public let interruption: Interruption
  /// The seed of all chance in the stage; set by a stage that has any.
  public var seed: Int?
  /// What a manifest tells of this one run: of a scan, or how much was withheld.
  public var observation: JSONValue?

  private let identity: StageIdentity
  private let isQuiet: Bool
  private var inputs: [Manifest.Source] = []
  private var references: [Manifest.Source] = []
  private struct Pending {
    let folder: String
    let artifact: PendingArtifact
    let inputs: [Manifest.Source]?
    let hasManifest: Bool
  }
  private var pending: [Pending] = []

  init(
    identity: StageIdentity, output: String, parameters: JSONValue, threads: Int,
    logger: Logger, isQuiet: Bool, interruption: Interruption
  ) {
    self.identity = identity
    self.output = output
    self.parameters = parameters
    self.threads = threads
    self.logger = logger
    self.isQuiet = isQuiet
    self.interruption = interruption
  }

  public func progress(_ label: String, unit: String, total: Int?) -> Progress {
    Progress(label: label, unit: unit, total: total, isQuiet: isQuiet)
  }

  /// Throws when a signal asked the stage to end.
  public func checkInterruption() throws(StageError) { try interruption.check() }

  // MARK: Inputs

  /// Opens an input artifact and records its digest.
  /// - Parameter scope: put before the file name in the lineage, as the scan's name.
  public func reader<Row: ArtifactRow>(
    _ type: Row.Type, folder: String, scope: String? = nil
  ) throws(ArtifactError) -> ArtifactReader<Row> {
    let reader = try ArtifactReader<Row>(folder: folder)
    if let digest = reader.manifest?.content.contentSHA256 {
      let name = scope.map { "\($0)/\(Row.schema.fileName)" } ?? Row.schema.fileName
      record(input: Manifest.Source(name: name, sha256: digest))
    }
    return reader
  }

  /// All rows of an input artifact.
  public func rows<Row: ArtifactRow>(
    _ type: Row.Type, folder: String, scope: String? = nil
  ) throws(ArtifactError) -> [Row] {
    try reader(type, folder: folder, scope: scope).all()
  }

  public func record(input: Manifest.Source) { inputs.append(input) }

  /// Records reference data that is no artifact by the digest of its bytes.
  public func record(reference name: String, path: String) throws(ArtifactError) {
    let bytes = try FileBytes.read(path, limit: 4 << 30, expected: "the reference data \(name)")
    record(reference: name, bytes: bytes)
  }

  /// Records reference data that the program contains.
  public func record(reference name: String, bytes: [UInt8]) {
    let digest = SHA256()
    bytes.withUnsafeBytes { digest.update($0) }
    references.append(Manifest.Source(name: name, sha256: digest.finish()))
  }

  // MARK: Outputs

  /// A writer in the output folder, or in a folder below it.
  public func writer<Row: ArtifactRow>(
    _ type: Row.Type, folder: String = "", form: TableForm = .exact
  ) throws(ArtifactError) -> ArtifactWriter<Row> {
    let path = folder.isEmpty ? output : output + "/" + folder
    try FileBytes.createFolder(path)
    return try ArtifactWriter<Row>(folder: path, threads: threads, form: form)
  }

  /// Finishes a writer's artifact; it appears when the whole stage succeeds.
  /// - Parameters:
  ///   - inputs: what this artifact alone was made from; nil: all that the stage read.
  ///   - hasManifest: false where another file of the folder tells what a manifest would.
  @discardableResult
  public func finish<Row: ArtifactRow>(
    _ writer: ArtifactWriter<Row>, folder: String = "", inputs: [Manifest.Source]? = nil,
    hasManifest: Bool = true
  ) throws(ArtifactError) -> Manifest.Content {
    let artifact = try writer.finish()
    pending.append(
      Pending(folder: folder, artifact: artifact, inputs: inputs, hasManifest: hasManifest))
    return artifact.content
  }

  /// Where the bytes of each finished artifact of a folder are until the stage succeeds, by file name.
  public func unfinished(folder: String) -> [String: String] {
    let finished = pending.filter { $0.folder == folder }
      .map { ($0.artifact.artifact, $0.artifact.temporaryPath) }
    return Dictionary(finished, uniquingKeysWith: { _, last in last })
  }

  /// Writes `rows`, sorted by their key, as one artifact.
  @discardableResult
  public func write<Row: ArtifactRow>(
    _ rows: [Row], folder: String = "", inputs: [Manifest.Source]? = nil
  ) throws(ArtifactError) -> Manifest.Content {
    let writer = try writer(Row.self, folder: folder)
    // Each key is made once: a comparison that makes two takes longer than all the rest.
    let order = rows.enumerated().map { (key: $0.element.sortKey, index: $0.offset) }
      .sorted { $0.key < $1.key }
    for (_, index) in order { try writer.append(rows[index]) }
    return try finish(writer, folder: folder, inputs: inputs)
  }

  /// A context with the same parameters and identity whose outputs go to another folder and are
  /// committed on their own: for a stage that makes several artifact groups, as collect its scans.
  public func nested(output: String) -> StageContext {
    StageContext(
      identity: identity, output: output, parameters: parameters, threads: threads,
      logger: logger, isQuiet: isQuiet, interruption: interruption)
  }

  /// Renames every output into place, then writes the stage's own manifest, last. `StageRunner`
  /// does this for its own context, but not for an asynchronous stage or nested contexts.
  public func commit() throws(ArtifactError) {
    let path = output + "/" + identity.manifestName
    let previous = access(path, F_OK) == 0 ? (try? StageManifest(path: path)) : nil
    unlink(path)
    var outputs: [StageManifest.Output] = []
    for entry in pending {
      let lineage = lineage(inputs: entry.inputs ?? inputs)
      let manifest = try entry.artifact.commit(lineage, hasManifest: entry.hasManifest)
      let name =
        entry.folder.isEmpty ? manifest.artifact : entry.folder + "/" + manifest.artifact
      outputs.append(
        StageManifest.Output(
          name: name, schema: manifest.schema, rows: manifest.content.rows,
          contentSHA256: manifest.content.contentSHA256))
    }
    let manifest = StageManifest(lineage: lineage(inputs: inputs), outputs: outputs)
    removeStale(previous, keeping: manifest)
    try manifest.write(path: path)
  }

  /// What an artifact that is made from these inputs says of how it was made.
  public func lineage(inputs: [Manifest.Source]) -> Lineage {
    Lineage(
      stage: identity.name, revision: identity.revision, parameters: parameters,
      seed: seed, inputs: inputs, references: references, observation: observation)
  }

  /// Removes artifacts that an earlier run of the stage made and this one did not.
  private func removeStale(_ previous: StageManifest?, keeping manifest: StageManifest) {
    let kept = Set(manifest.outputs.map(\.name))
    for old in previous?.outputs ?? [] where !kept.contains(old.name) {
      unlink(output + "/" + old.name)
      unlink(output + "/" + Manifest.fileName(for: old.name))
      if let slash = old.name.lastIndex(of: "/") { rmdir(output + "/" + old.name[..<slash]) }
    }
  }
}
