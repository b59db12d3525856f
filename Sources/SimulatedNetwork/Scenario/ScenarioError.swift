/// Something in a scenario file that cannot be used.
public struct ScenarioError: Error, Sendable, Equatable, CustomStringConvertible {
  public enum Code: String, Sendable, CaseIterable {
    case unreadable = "scenario.unreadable"
    case notJSON = "scenario.not-json"
    case missingKey = "scenario.missing-key"
    case unknownKey = "scenario.unknown-key"
    case wrongType = "scenario.wrong-type"
    case outOfRange = "scenario.out-of-range"
    case unknownName = "scenario.unknown-name"
    case notUnique = "scenario.not-unique"
  }

  public let code: Code
  /// Path of the value, as `operators[2].servers[0].site`.
  public let place: String
  public let expected: String
  public let found: String

  public init(_ code: Code, place: String, expected: String, found: String) {
    self.code = code
    self.place = place
    self.expected = expected
    self.found = found
  }

  public static func == (a: ScenarioError, b: ScenarioError) -> Bool { a.code == b.code }

  public var description: String {
    "\(place): expected \(expected), found \(found) (\(code.rawValue))"
  }
}
