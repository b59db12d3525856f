import Artifact
import StageKit

/// Small files that a scan is told of.
enum InputFile {
  static func json(_ path: String, expected: String) throws(StageError) -> JSONValue {
    let bytes = try bytes(path, expected: expected)
    do throws(JSONError) {
      return try JSONValue(parsing: bytes)
    } catch {
      throw StageError(
        .badInput, place: "\(path), line \(error.line), column \(error.column)",
        expected: error.expected, found: error.found, remedy: "correct the JSON")
    }
  }

  static func hosts(_ path: String) throws(StageError) -> HostsFile {
    HostsFile(parsing: try text(path, expected: "names and addresses in hosts(5) form"))
  }

  static func text(_ path: String, expected: String) throws(StageError) -> String {
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
