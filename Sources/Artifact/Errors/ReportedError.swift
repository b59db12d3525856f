/// An error that a person can act on: where it is, what was expected there, what was found, what to do.
///
/// Two errors are equal where their codes are: a code is permanent, the rest is for people.
public protocol ReportedError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Permanent dotted codes, such as `artifact.truncated`.
  associatedtype Code: RawRepresentable<String>, Equatable, Sendable

  var code: Code { get }
  /// File, key, option or address.
  var place: String { get }
  var expected: String { get }
  var found: String { get }
  var remedy: String { get }
  /// Errors that were found with this one.
  var further: [Self] { get }
  /// Exit code after sysexits(3) of a program that this error ends.
  var exitCode: Int32 { get }
}

extension ReportedError {
  public var further: [Self] { [] }

  /// One line for each error.
  public var description: String {
    let line = "\(place): expected \(expected), found \(found) [\(code.rawValue)]; \(remedy)"
    return ([line] + further.map(\.description)).joined(separator: "\n")
  }

  public static func == (one: Self, other: Self) -> Bool { one.code == other.code }
}
