/// Why a database could not be used. Two errors are equal when code and path are.
public enum GeolocationError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No readable file at this path.
  case missing(path: String)
  /// The file carries no MaxMind DB metadata this program understands.
  case notADatabase(path: String)
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

  public var description: String {
    switch self {
    case .missing(let path):
      "\(path): no readable file; give a MaxMind-format database (.mmdb)"
    case .notADatabase(let path):
      "\(path): not a MaxMind-format database; gunzip it first if its name ends in .gz"
    case .corrupt(let path, let detail):
      "\(path): corrupt MaxMind-format database (\(detail)); fetch it again"
    }
  }
}
