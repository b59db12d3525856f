/// Reads the members of a manifest, with errors that name file and key.
public struct ManifestReader {
  public let root: JSONValue
  private let path: String

  public init(bytes: [UInt8], path: String) throws(ArtifactError) {
    self.path = path
    do {
      root = try JSONValue(parsing: bytes)
    } catch {
      throw ArtifactError(
        .manifestMalformed, file: path, expected: error.expected,
        found: "\(error.found) at \(error.place)")
    }
  }

  public func malformed(_ key: String, _ expected: String, _ found: String) -> ArtifactError {
    ArtifactError(
      .manifestMalformed, file: path, column: key, expected: expected, found: found)
  }

  public func text(_ key: String) throws(ArtifactError) -> String {
    guard case .string(let text)? = root[key] else {
      throw malformed(key, "text", root[key]?.kind ?? "nothing")
    }
    return text
  }

  public func integer(_ key: String) throws(ArtifactError) -> Int {
    guard case .integer(let value)? = root[key] else {
      throw malformed(key, "an integer", root[key]?.kind ?? "nothing")
    }
    return value
  }

  public func lineage() throws(ArtifactError) -> Lineage {
    guard case .string(let stage)? = root["stage"]?["name"],
      case .integer(let revision)? = root["stage"]?["revision"]
    else { throw malformed("stage", "a name and a revision", "something else") }
    var seed: Int?
    if case .integer(let value)? = root["seed"] { seed = value }
    return Lineage(
      stage: stage, revision: revision, parameters: root["parameters"] ?? .null, seed: seed,
      inputs: try sources("inputs"), references: try sources("references"),
      observation: root["observation"])
  }

  public func sources(_ key: String) throws(ArtifactError) -> [Manifest.Source] {
    guard case .array(let items)? = root[key] else {
      throw malformed(key, "a list", root[key]?.kind ?? "nothing")
    }
    var sources: [Manifest.Source] = []
    for item in items {
      guard case .string(let name)? = item["name"],
        case .string(let digest)? = item["content_sha256"]
      else { throw malformed(key, "a name and a digest", "something else") }
      sources.append(Manifest.Source(name: name, sha256: digest))
    }
    return sources
  }
}
