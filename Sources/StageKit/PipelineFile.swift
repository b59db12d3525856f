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
    guard case .object(let members) = root else {
      throw StageError(
        .parameters, place: path, expected: "an object", found: root.kind,
        remedy: "see the JSON Schema of pipeline.json")
    }
    for (key, _) in members where !(Self.stages + Self.otherKeys).contains(key) {
      throw StageError(
        .parameters, place: "\(path), key \(EscapedText.escape(key))",
        expected: "one of \((Self.stages + Self.otherKeys).joined(separator: ", "))",
        found: "an unknown key", remedy: "correct the key or remove it")
    }
  }

  /// The checked values of one stage; an absent object means its defaults.
  public func values(
    of stage: String, fields: [ParameterField]
  ) throws(StageError) -> ParameterValues {
    try ParameterValues(
      root[stage] ?? .object([]), fields: fields, place: "\(path), \(stage)")
  }

  /// The checked values in a file that holds one stage's object alone.
  static func values(
    ofObjectAt path: String, fields: [ParameterField]
  ) throws(StageError) -> ParameterValues {
    try ParameterValues(try parse(path), fields: fields, place: path)
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
      throw StageError(
        .parameters, place: "\(path), line \(error.line), column \(error.column)",
        expected: error.expected, found: error.found, remedy: "correct the JSON")
    }
  }
}
