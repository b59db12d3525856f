public import Artifact

/// Small files that a stage is told of, read whole. What is wrong with one is told with its place.
public enum InputFile {
  public static func json(_ path: String, expected: String) throws(StageError) -> JSONValue {
    let bytes = try bytes(path, expected: expected)
    do throws(JSONError) {
      return try JSONValue(parsing: bytes)
    } catch {
      throw StageError(error, .badInput, in: path)
    }
  }

  /// A file that is one JSON object with the members that its type lists.
  ///
  /// - Parameter remedy: of a member that cannot be used.
  public static func object<Value: FieldObject>(
    _ path: String, expected: String, remedy: String
  ) throws(StageError) -> Value {
    let json = try json(path, expected: expected)
    do throws(ObjectMistakes) {
      return try ObjectReader.read(json).value
    } catch {
      throw StageError(error, .badInput, place: path) { _ in remedy }
    }
  }

  public static func text(_ path: String, expected: String) throws(StageError) -> String {
    let bytes = try bytes(path, expected: expected)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw StageError(
        .badInput, place: path, expected: expected,
        found: TextEncoding(of: bytes).foreignName ?? "bytes that are not UTF-8",
        remedy: "correct the file")
    }
    return text
  }

  private static func bytes(_ path: String, expected: String) throws(StageError) -> [UInt8] {
    do throws(ArtifactError) {
      let bytes = try FileBytes.read(path, limit: 64 << 20, expected: expected)
      return Array(bytes.dropFirst(TextEncoding(of: bytes).markLength))
    } catch {
      throw StageError(
        error.code == .missing ? .missingInput : .inputOutput, place: path, expected: expected,
        found: error.found, remedy: "check the path")
    }
  }
}
