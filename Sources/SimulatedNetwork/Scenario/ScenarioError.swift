public import Artifact

/// Something in a scenario file that cannot be used.
public struct ScenarioError: ReportedError {
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
  /// Mistakes that were found with this one.
  public private(set) var further: [ScenarioError] = []

  public init(_ code: Code, place: String, expected: String, found: String) {
    self.code = code
    self.place = place
    self.expected = expected
    self.found = found
  }

  public var remedy: String {
    switch code {
    case .unreadable: "check the name or path of the scenario"
    case .notJSON: "correct the JSON"
    case .unknownKey: "correct the key or remove it"
    case .missingKey, .wrongType, .outOfRange, .unknownName, .notUnique:
      "correct the scenario as its JSON Schema says"
    }
  }

  public var exitCode: Int32 { code == .unreadable ? 66 : 65 }

  /// The same in a file: its path is put before each place.
  func inFile(_ path: String) -> ScenarioError {
    var result = ScenarioError(
      code, place: "\(path): \(place)", expected: expected, found: found)
    result.further = further.map { $0.inFile(path) }
    return result
  }
}

extension ScenarioError {
  /// All mistakes in an object, as one error.
  ///
  /// - Parameter path: where the object stands; empty: it is the scenario.
  init(_ mistakes: ObjectMistakes, path: String = "") {
    let errors = mistakes.all.map { ScenarioError($0, path) }
    let first = errors.first
    self.init(
      first?.code ?? .wrongType, place: first?.place ?? path, expected: first?.expected ?? "",
      found: first?.found ?? "")
    further = Array(errors.dropFirst())
  }

  private init(_ mistake: ObjectMistake, _ path: String) {
    let code: Code =
      switch mistake.kind {
      case .missing: .missingKey
      case .unknownKey: .unknownKey
      case .wrongType: .wrongType
      case .outOfRange, .refused: .outOfRange
      case .unknownName: .unknownName
      }
    let place = [path, mistake.path].filter { !$0.isEmpty }.joined(separator: ".")
    self.init(
      code, place: place.isEmpty ? "the scenario" : place, expected: mistake.expected,
      found: mistake.found)
  }
}
