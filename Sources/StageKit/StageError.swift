public import Artifact

/// Why a stage cannot run or go on; its exit code says so to Make.
public struct StageError: ReportedError {
  public enum Code: String, Sendable, CaseIterable {
    case usage = "stage.usage"
    case parameters = "stage.parameters"
    case badInput = "stage.bad-input"
    case missingInput = "stage.missing-input"
    case unavailable = "stage.unavailable"
    case bug = "stage.bug"
    case cannotCreate = "stage.cannot-create"
    case inputOutput = "stage.input-output"
    case locked = "stage.locked"
    case interrupted = "stage.interrupted"

    /// Exit code after sysexits(3); an interrupted stage exits as a shell reports SIGINT.
    public var exitCode: Int32 {
      switch self {
      case .usage: 64
      case .parameters, .badInput: 65
      case .missingInput: 66
      case .unavailable: 69
      case .bug: 70
      case .cannotCreate: 73
      case .inputOutput: 74
      case .locked: 75
      case .interrupted: 130
      }
    }
  }

  public let code: Code
  /// File, key or option.
  public let place: String
  public let expected: String
  public let found: String
  public let remedy: String
  /// Errors of the same code that were found with this one.
  public let further: [StageError]

  public init(
    _ code: Code, place: String, expected: String, found: String, remedy: String
  ) {
    self.code = code
    self.place = place
    self.expected = expected
    self.found = found
    self.remedy = remedy
    further = []
  }

  /// A JSON text that cannot be read, with the file that holds it.
  public init(_ error: JSONError, _ code: Code, in path: String) {
    self.init(
      code, place: "\(path), \(error.place)", expected: error.expected, found: error.found,
      remedy: error.remedy)
  }

  /// One error that tells all of these, which have the code of the first.
  public init(joining errors: [StageError]) {
    let first =
      errors.first
      ?? StageError(
        .bug, place: "errors", expected: "at least one", found: "none", remedy: "report this")
    code = first.code
    place = first.place
    expected = first.expected
    found = first.found
    remedy = first.remedy
    further = Array(errors.dropFirst())
  }

  /// This error and those that were found with it, each by itself.
  public var all: [StageError] {
    [StageError(code, place: place, expected: expected, found: found, remedy: remedy)] + further
  }

  public var exitCode: Int32 { code.exitCode }
}

/// The exit code of any error that ends a program.
public func exitCode(of error: any Error) -> Int32 {
  (error as? any ReportedError)?.exitCode ?? StageError.Code.bug.exitCode
}
