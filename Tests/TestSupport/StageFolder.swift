public import Artifact
import StageKit

/// Runs stages on tables made by hand, in a temporary folder.
public struct StageFolder {
  public let folder: TemporaryFolder

  public init() throws { folder = try TemporaryFolder() }

  /// Writes tables as the stage `stage` would, below `name`.
  public func write(_ stage: String, _ name: String, _ body: (StageTables) throws -> Void) throws {
    let runner = StageRunner(
      StageIdentity(name: stage, revision: 1), NoParameters.self, try .embedded())
    try runner.run(output: folder.file(name)) { _, context in try body(StageTables(context)) }
  }

  /// All rows of a table below `name`.
  public func rows<Row: ArtifactRow>(_ type: Row.Type, _ name: String) throws -> [Row] {
    try ArtifactReader<Row>(folder: folder.file(name)).all()
  }
}

/// Where a made-up stage puts its tables.
public struct StageTables {
  private let context: StageContext

  init(_ context: StageContext) { self.context = context }

  public func write<Row: ArtifactRow>(_ rows: [Row], folder: String = "") throws {
    try context.write(rows, folder: folder)
  }
}
