public import Artifact
import Digests

/// A published package as a reader has it: its descriptor, what it was made from, and its tables.
///
/// Tables are read by the columns that the package's own descriptor states, so that a package of
/// another version of the data can be read too.
public struct PublishedPackage: Sendable {
  /// One column as the descriptor states it.
  public struct Column: Sendable, Equatable {
    public let name: String
    public let type: String
  }

  /// One table as the descriptor states it.
  public struct Table: Sendable {
    public let path: String
    public let contentSHA256: String
    public let columns: [Column]
  }

  public let folder: String
  public let name: String
  public let version: String
  /// Start of the last scan, as the descriptor's `created` says it.
  public let created: String
  public let tables: [String: Table]
  public let lineage: PackageLineage
  /// Digest of the descriptor, which names the digests of all tables.
  public let descriptorSHA256: String
  /// Where a table stands that is not yet in its place, by its path in the package.
  private let unfinished: [String: String]

  /// Reads the descriptor and the provenance of the package in `folder`; tables are read later.
  public init(folder: String) throws(ArtifactError) {
    let place = folder + "/datapackage.json"
    let bytes = try FileBytes.read(place, expected: "the descriptor of a published package")
    let provenance = folder + "/provenance.json"
    try self.init(
      folder: folder, descriptor: Self.json(bytes, at: place),
      provenance: Self.json(
        FileBytes.read(provenance, expected: "the provenance of a published package"),
        at: provenance), descriptorSHA256: SHA256.hex(bytes), unfinished: [:])
  }

  /// A package that is being made.
  ///
  /// - Parameters:
  ///   - folder: where it will be.
  ///   - tables: where each of its tables is now, by its path in the package.
  public init(
    making folder: String, descriptor: JSONValue, provenance: JSONValue, tables: [String: String]
  ) throws(ArtifactError) {
    try self.init(
      folder: folder, descriptor: descriptor, provenance: provenance,
      descriptorSHA256: SHA256.hex(Array(descriptor.prettyText.utf8)), unfinished: tables)
  }

  private init(
    folder: String, descriptor: JSONValue, provenance: JSONValue, descriptorSHA256: String,
    unfinished: [String: String]
  ) throws(ArtifactError) {
    self.folder = folder
    self.descriptorSHA256 = descriptorSHA256
    self.unfinished = unfinished
    let place = folder + "/datapackage.json"
    name = try Self.text(descriptor["name"], "name", at: place)
    version = try Self.text(descriptor["version"], "version", at: place)
    created = try Self.text(descriptor["created"], "created", at: place)
    guard case .array(let resources)? = descriptor["resources"] else {
      throw Self.malformed(place, "resources", "a list of tables", descriptor["resources"])
    }
    var tables: [String: Table] = [:]
    for resource in resources {
      let name = try Self.text(resource["name"], "resources.name", at: place)
      tables[name] = Table(
        path: try Self.text(resource["path"], "resources.path", at: place),
        contentSHA256: try Self.text(
          resource["content_sha256"], "resources.content_sha256", at: place),
        columns: try Self.columns(of: resource, at: place))
    }
    self.tables = tables
    lineage = PackageLineage(provenance)
  }

  /// Where the bytes of a table are.
  func path(of table: Table) -> String { unfinished[table.path] ?? folder + "/" + table.path }

  private static func columns(
    of resource: JSONValue, at place: String
  ) throws(ArtifactError) -> [Column] {
    guard case .array(let fields)? = resource["schema"]?["fields"] else {
      throw malformed(place, "resources.schema.fields", "a list", resource["schema"]?["fields"])
    }
    var columns: [Column] = []
    for field in fields {
      columns.append(
        Column(
          name: try text(field["name"], "fields.name", at: place),
          type: try text(field["type"], "fields.type", at: place)))
    }
    return columns
  }

  private static func json(_ bytes: [UInt8], at path: String) throws(ArtifactError) -> JSONValue {
    do {
      return try JSONValue(parsing: bytes)
    } catch {
      throw ArtifactError(
        .corrupt, file: path, expected: "JSON", found: "\(error)", remedy: remedy)
    }
  }

  private static func text(
    _ value: JSONValue?, _ key: String, at place: String
  ) throws(ArtifactError) -> String {
    guard case .string(let text)? = value else { throw malformed(place, key, "a text", value) }
    return text
  }

  private static func malformed(
    _ place: String, _ key: String, _ expected: String, _ found: JSONValue?
  ) -> ArtifactError {
    ArtifactError(
      .corrupt, file: place, column: key, expected: expected, found: found?.kind ?? "nothing",
      remedy: remedy)
  }

  static let remedy = "download the package again, or make it again with `publish`"
}
