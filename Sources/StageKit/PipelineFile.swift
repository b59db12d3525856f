import Artifact

/// `pipeline.json`: what each stage is told. No commands.
public struct PipelineFile: Sendable {
  public static let stages = ["collect", "normalize", "featurize", "cluster", "score", "publish"]
  private static let otherKeys = ["$schema", "description"]

  private let root: JSONValue
  private let path: String

  public init(path: String) throws(StageError) {
    self.path = path
    root = try Self.parse(path)
    guard case .object = root else {
      throw StageError(
        .parameters, place: path, expected: "an object", found: root.kind,
        remedy: "see the JSON Schema of pipeline.json")
    }
  }

  /// The checked parameters of one stage; an absent object means its defaults.
  ///
  /// - Throws: an error that tells every key that belongs to no stage, and every mistake in the
  ///   stage's own object.
  public func parameters<Parameters: StageParameters>(
    of stage: String, _ type: Parameters.Type = Parameters.self
  ) throws(StageError) -> CheckedParameters<Parameters> {
    var mistakes = unknownKeys
    do throws(StageError) {
      let checked = try CheckedParameters<Parameters>(
        root[stage] ?? .object([]), place: "\(path), \(stage)")
      if mistakes.isEmpty { return checked }
    } catch {
      mistakes += error.all
    }
    throw StageError(joining: mistakes)
  }

  /// The checked parameters in a file that holds one stage's object alone.
  static func parameters<Parameters: StageParameters>(
    ofObjectAt path: String
  ) throws(StageError) -> CheckedParameters<Parameters> {
    try CheckedParameters(try parse(path), place: path)
  }

  private var unknownKeys: [StageError] {
    guard case .object(let members) = root else { return [] }
    let known = Self.stages + Self.otherKeys
    return members.filter { !known.contains($0.0) }.map { key, _ in
      StageError(
        .parameters, place: "\(path), key \(EscapedText.escape(key))",
        expected: "one of \(known.joined(separator: ", "))", found: "an unknown key",
        remedy: "correct the key or remove it")
    }
  }

  private static func parse(_ path: String) throws(StageError) -> JSONValue {
    let bytes: [UInt8]
    do {
      bytes = try FileBytes.read(path, limit: 1 << 20)
    } catch {
      throw StageError(
        error.code == .missing ? .missingInput : .inputOutput, place: path,
        expected: "a JSON file of parameters", found: error.found, remedy: "check the path")
    }
    do {
      return try JSONValue(parsing: bytes)
    } catch {
      throw StageError(error, .parameters, in: path)
    }
  }
}
