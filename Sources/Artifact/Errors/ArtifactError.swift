import Foundation

/// What is wrong with an artifact, where, and what to do about it.
public struct ArtifactError: ReportedError {
  /// Stable code of the defect.
  public enum Code: String, Sendable, CaseIterable {
    case missing = "artifact.missing"
    case manifestMissing = "artifact.manifest-missing"
    case manifestMalformed = "artifact.manifest-malformed"
    case manifestMismatch = "artifact.manifest-mismatch"
    case notGzip = "artifact.not-gzip"
    case truncated = "artifact.truncated"
    case corrupt = "artifact.corrupt"
    case trailingBytes = "artifact.trailing-bytes"
    case empty = "artifact.empty"
    case wrongSchema = "artifact.wrong-schema"
    case malformedRow = "artifact.malformed-row"
    case wrongOrder = "artifact.wrong-order"
    case notCanonical = "artifact.not-canonical"
    case lineTooLong = "artifact.line-too-long"
    case cannotCreate = "artifact.cannot-create"
    case inputOutput = "artifact.input-output"
  }

  public let code: Code
  /// The file (or `-`), as given by the caller.
  public var file: String
  /// 1-based row, header not counted; nil where no row is concerned.
  public var row: Int?
  /// Column or JSON key.
  public var column: String?
  public let expected: String
  public let found: String
  public var remedy: String

  public init(
    _ code: Code, file: String = "", row: Int? = nil, column: String? = nil, expected: String,
    found: String, remedy: String? = nil
  ) {
    self.code = code
    self.file = file
    self.row = row
    self.column = column
    self.expected = expected
    self.found = found
    self.remedy = remedy ?? Self.remedy(for: code)
  }

  /// File, row and column, as far as they are known.
  public var place: String {
    var place = file.isEmpty ? "artifact" : file
    if let row { place += ", row \(row)" }
    if let column { place += ", column \(column)" }
    return place
  }

  public var exitCode: Int32 {
    switch code {
    case .missing, .manifestMissing: 66
    case .cannotCreate: 73
    case .inputOutput: 74
    case .manifestMalformed, .manifestMismatch, .notGzip, .truncated, .corrupt, .trailingBytes,
      .empty, .wrongSchema, .malformedRow, .wrongOrder, .notCanonical, .lineTooLong:
      65
    }
  }

  private static func remedy(for code: Code) -> String {
    switch code {
    case .missing, .manifestMissing: "run the stage that makes it"
    case .cannotCreate: "check the folder's permissions and that no file is in its place"
    case .inputOutput: "check the disk's space and health, then run the stage again"
    case .manifestMalformed, .manifestMismatch, .notGzip, .truncated, .corrupt, .trailingBytes,
      .empty, .wrongSchema, .malformedRow, .wrongOrder, .notCanonical, .lineTooLong:
      "restore the file or run the stage that makes it again"
    }
  }

  /// The same error with the place filled in where it was not known yet.
  func located(file: String, row: Int? = nil) -> ArtifactError {
    var copy = self
    if copy.file.isEmpty { copy.file = file }
    if copy.row == nil { copy.row = row }
    return copy
  }
}

/// The text of `errno`, for error messages.
public func systemErrorText(_ number: Int32) -> String {
  String(cString: strerror(number))
}
