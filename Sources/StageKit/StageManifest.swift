public import Artifact
import Ordering

/// Name and revision of a stage; the revision is raised when its code changes artifact bytes.
public struct StageIdentity: Sendable, Equatable {
  public let name: String
  public let revision: Int

  public init(name: String, revision: Int) {
    self.name = name
    self.revision = revision
  }

  /// `normalize.manifest.json`, written last: Make's target for the whole artifact group.
  public var manifestName: String { "\(name).manifest.json" }
}

/// What one run of a stage made from what: the record of an artifact group.
public struct StageManifest: Sendable, Equatable {
  public struct Output: Sendable, Equatable {
    /// Path below the stage's folder.
    public let name: String
    public let schema: String
    public let rows: Int
    public let contentSHA256: String
  }

  private static let version = "stage-manifest.v1"

  public let lineage: Lineage
  /// Sorted by name.
  public let outputs: [Output]

  init(lineage: Lineage, outputs: [Output]) {
    self.lineage = lineage
    self.outputs = outputs.sorted { $0.name < $1.name }
  }

  func write(path: String) throws(ArtifactError) {
    let list = outputs.map {
      JSONValue.object([
        ("content_sha256", .string($0.contentSHA256)), ("name", .string($0.name)),
        ("rows", .integer($0.rows)), ("schema", .string($0.schema)),
      ])
    }
    let json = JSONValue.object(
      lineage.members + [("manifest", .string(Self.version)), ("outputs", .array(list))])
    try FileBytes.write(json.prettyBytes, to: path)
  }

  public init(path: String) throws(ArtifactError) {
    let bytes = try FileBytes.read(
      path, missing: .manifestMissing, expected: "a stage's manifest")
    let reader = try ManifestReader(bytes: bytes, path: path)
    guard try reader.text("manifest") == Self.version else {
      throw reader.malformed("manifest", Self.version, "another version")
    }
    guard case .array(let items)? = reader.root["outputs"] else {
      throw reader.malformed("outputs", "a list", reader.root["outputs"]?.kind ?? "nothing")
    }
    var outputs: [Output] = []
    for item in items {
      guard case .string(let name)? = item["name"], case .string(let schema)? = item["schema"],
        case .integer(let rows)? = item["rows"],
        case .string(let digest)? = item["content_sha256"]
      else { throw reader.malformed("outputs", "name, schema, rows and digest", item.kind) }
      outputs.append(Output(name: name, schema: schema, rows: rows, contentSHA256: digest))
    }
    self.init(lineage: try reader.lineage(), outputs: outputs)
  }
}
