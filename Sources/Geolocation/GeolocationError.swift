/// Why a database could not be used. Two errors are equal when code and path are.
public enum GeolocationError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No readable file at this path.
  case missing(path: String, detail: String = "")
  /// The file carries no MaxMind DB metadata this program understands.
  case notADatabase(path: String, detail: String = "")
  /// The file says it is a MaxMind database and contradicts itself; `detail` is libmaxminddb's word.
  case corrupt(path: String, detail: String)

  /// Permanent dotted code for logs and tests.
  public var code: String {
    switch self {
    case .missing: "geolocation.missing"
    case .notADatabase: "geolocation.not-a-database"
    case .corrupt: "geolocation.corrupt"
    }
  }

  public static func == (left: GeolocationError, right: GeolocationError) -> Bool {
    left.code == right.code && left.path == right.path
  }

  private var path: String {
    switch self {
    case .missing(let path, _), .notADatabase(let path, _), .corrupt(let path, _): path
    }
  }

  public var description: String {
    switch self {
    case .missing(let path, let detail):
      "\(path): no readable file\(detail.isEmpty ? "" : " (\(detail))"); "
        + "give a MaxMind-format database (.mmdb)"
    case .notADatabase(let path, let detail):
      "\(path): not a MaxMind-format database\(detail.isEmpty ? "" : " (\(detail))"); "
        + "gunzip it first if its name ends in .gz"
    case .corrupt(let path, let detail):
      "\(path): corrupt MaxMind-format database (\(detail)); fetch it again"
    }
  }
}
