/// What stands beside an artifact: what it is, its digests, and what it was made from.
///
/// Nothing of time or machine is in it, except what `collect` adds of its scan.
public struct Manifest: Sendable, Equatable {
  /// A named input or reference and the digest of its content.
  public struct Source: Sendable, Equatable {
    public let name: String
    public let sha256: String

    public init(name: String, sha256: String) {
      self.name = name
      self.sha256 = sha256
    }
  }

  /// The digests and sizes of an artifact.
  public struct Content: Sendable, Equatable {
    public let rows: Int
    /// SHA-256 of the uncompressed canonical bytes: the identity of the artifact.
    public let contentSHA256: String
    public let contentBytes: Int
    /// SHA-256 of the compressed file: another zlib changes this and not the other.
    public let fileSHA256: String
    public let fileBytes: Int
  }

  /// `endpoints.v1`.
  public let schema: String
  /// File name of the artifact.
  public let artifact: String
  public let content: Content
  public let lineage: Lineage

  /// The file name of the manifest of an artifact: `endpoints.csv.gz` -> `endpoints.manifest.json`.
  public static func fileName(for artifact: String) -> String {
    for suffix in [".csv.gz", ".jsonl.gz", ".gz"] where artifact.hasSuffix(suffix) {
      return artifact.dropLast(suffix.count) + ".manifest.json"
    }
    return artifact + ".manifest.json"
  }

  public var json: JSONValue {
    var object: [(String, JSONValue)] = [
      ("artifact", .string(artifact)),
      ("content_bytes", .integer(content.contentBytes)),
      ("content_sha256", .string(content.contentSHA256)),
      ("file_bytes", .integer(content.fileBytes)),
      ("file_sha256", .string(content.fileSHA256)),
      ("manifest", .string("manifest.v1")),
      ("rows", .integer(content.rows)),
      ("schema", .string(schema)),
    ]
    object += lineage.members
    return .object(object)
  }

  public init(schema: String, artifact: String, content: Content, lineage: Lineage) {
    self.schema = schema
    self.artifact = artifact
    self.content = content
    self.lineage = lineage
  }

  /// Reads the manifest at `path`.
  public init(path: String) throws(ArtifactError) {
    let bytes = try FileBytes.read(
      path, limit: 64 << 20, missing: .manifestMissing, expected: "the artifact's manifest")
    let reader = try ManifestReader(bytes: bytes, path: path)
    guard try reader.text("manifest") == "manifest.v1" else {
      throw reader.malformed("manifest", "manifest.v1", "another version")
    }
    schema = try reader.text("schema")
    artifact = try reader.text("artifact")
    content = Content(
      rows: try reader.integer("rows"), contentSHA256: try reader.text("content_sha256"),
      contentBytes: try reader.integer("content_bytes"),
      fileSHA256: try reader.text("file_sha256"), fileBytes: try reader.integer("file_bytes"))
    lineage = try reader.lineage()
  }
}

/// Which stage made an artifact, with which parameters, from what.
public struct Lineage: Sendable, Equatable {
  public let stage: String
  /// Raised whenever the stage's code changes the bytes of an artifact.
  public let revision: Int
  /// The parameters as used.
  public let parameters: JSONValue
  /// The seed of all chance in the stage; nil where there is none.
  public let seed: Int?
  public let inputs: [Manifest.Source]
  /// Pinned reference data that is no artifact (GeoIP databases, the Public Suffix List).
  public let references: [Manifest.Source]
  /// Facts of one run; only `collect` has any.
  public let observation: JSONValue?

  public init(
    stage: String, revision: Int, parameters: JSONValue, seed: Int? = nil,
    inputs: [Manifest.Source] = [], references: [Manifest.Source] = [],
    observation: JSONValue? = nil
  ) {
    self.stage = stage
    self.revision = revision
    self.parameters = parameters
    self.seed = seed
    self.inputs = inputs.sorted { ($0.name, $0.sha256) < ($1.name, $1.sha256) }
    self.references = references.sorted { ($0.name, $0.sha256) < ($1.name, $1.sha256) }
    self.observation = observation
  }

  /// The manifest's keys that tell the lineage; for stage manifests too.
  public var members: [(String, JSONValue)] {
    func list(_ sources: [Manifest.Source]) -> JSONValue {
      .array(
        sources.map {
          .object([("content_sha256", .string($0.sha256)), ("name", .string($0.name))])
        })
    }
    var members: [(String, JSONValue)] = [
      ("inputs", list(inputs)), ("parameters", parameters), ("references", list(references)),
      ("seed", seed.map { .integer($0) } ?? .null),
      ("stage", .object([("name", .string(stage)), ("revision", .integer(revision))])),
    ]
    if let observation { members.append(("observation", observation)) }
    return members
  }
}
