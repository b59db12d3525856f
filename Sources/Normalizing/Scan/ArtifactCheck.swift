public import Artifact
import Foundation
import Records

/// `normalize --verify`: is an artifact what its manifest says it is?
public enum ArtifactCheck {
  /// Checks each file and prints a line for it on standard output; throws at the first bad one.
  public static func run(_ paths: [String]) throws {
    for path in paths {
      let report = try check(path)
      print("\(path): \(report.rows) rows of \(report.schema), content \(report.digest): intact")
    }
  }

  /// What a check found.
  public struct Report: Sendable, Equatable {
    public let schema: String
    public let rows: Int
    public let digest: String
  }

  /// Reads the whole artifact and compares form, order and digests with its manifest.
  ///
  /// - Parameter path: an artifact with its manifest beside it, or `-`: there is no manifest then,
  ///   and the schema is the one whose form the bytes have.
  public static func check(_ path: String) throws(ArtifactError) -> Report {
    if path == "-" { return try checkStandardInput() }
    if access(path, F_OK) != 0 {
      throw ArtifactError(
        .missing, file: path, expected: "an artifact", found: systemErrorText(errno))
    }
    let manifest = try Manifest(path: Manifest.fileName(for: path))
    guard let type = RecordCatalog.type(ofSchema: manifest.schema) else {
      throw ArtifactError(
        .wrongSchema, file: path, expected: "a schema of this version's programs",
        found: EscapedText.escape(manifest.schema))
    }
    return try check(path, type, manifest)
  }

  private static func check<Row: ArtifactRow>(
    _ path: String, _ type: Row.Type, _ manifest: Manifest
  ) throws(ArtifactError) -> Report {
    let reader = try ArtifactReader<Row>(path: path, manifest: .given(manifest))
    while try reader.next() != nil {}
    guard reader.file.sha256 == manifest.content.fileSHA256 else {
      throw ArtifactError(
        .manifestMismatch, file: path, expected: "file \(manifest.content.fileSHA256)",
        found: "file \(reader.file.sha256)",
        remedy: "the content is intact; it was compressed again by something else")
    }
    return Report(
      schema: manifest.schema, rows: manifest.content.rows,
      digest: manifest.content.contentSHA256)
  }

  private static func checkStandardInput() throws(ArtifactError) -> Report {
    let bytes = try FileBytes.read("-", limit: 1 << 30, expected: "an artifact")
    let folder = NSTemporaryDirectory() + "observatory-verify-\(getpid())"
    try FileBytes.createFolder(folder)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/artifact.gz"
    try FileBytes.write(bytes, to: path)
    var last: ArtifactError?
    for type in RecordCatalog.all {
      do throws(ArtifactError) {
        return try report(ofUnaccompanied: path, type)
      } catch {
        if last == nil || (error.row ?? 0) > (last?.row ?? 0) { last = error }
      }
    }
    var error =
      last ?? ArtifactError(.wrongSchema, expected: "a known schema", found: "another")
    error.file = "-"
    throw error
  }

  private static func report<Row: ArtifactRow>(
    ofUnaccompanied path: String, _ type: Row.Type
  ) throws(ArtifactError) -> Report {
    let reader = try ArtifactReader<Row>(path: path, manifest: .none)
    var rows = 0
    while try reader.next() != nil { rows += 1 }
    return Report(
      schema: Row.schema.identifier, rows: rows, digest: reader.contentSHA256)
  }
}
