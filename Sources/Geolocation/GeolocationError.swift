public import Artifact

/// Why a database could not be used.
public struct GeolocationError: ReportedError {
  public enum Code: String, Sendable, CaseIterable {
    /// No readable file at this path.
    case missing = "geolocation.missing"
    /// The file carries no MaxMind DB metadata this program understands.
    case notADatabase = "geolocation.not-a-database"
    /// The file says it is a MaxMind database and contradicts itself.
    case corrupt = "geolocation.corrupt"
  }

  public let code: Code
  /// The file, as given.
  public let place: String
  /// What the system or libmaxminddb says of it.
  public let found: String

  public init(_ code: Code, path: String, found: String) {
    self.code = code
    place = path
    self.found = found
  }

  public var expected: String { "a MaxMind-format database (.mmdb)" }

  public var remedy: String {
    switch code {
    case .missing: "give the path of a database"
    case .notADatabase: "gunzip it first if its name ends in .gz"
    case .corrupt: "fetch it again"
    }
  }

  public var exitCode: Int32 {
    switch code {
    case .missing: 66
    case .notADatabase, .corrupt: 65
    }
  }
}
