/// Why a simulated network cannot start or go on.
public struct SimulationError: Error, Sendable, Equatable, CustomStringConvertible {
  public enum Code: String, Sendable, CaseIterable {
    case addressInUse = "simnet.address-in-use"
    case cannotBind = "simnet.cannot-bind"
    case certificate = "simnet.certificate"
    case cannotWrite = "simnet.cannot-write"
    case cannotRun = "simnet.cannot-run"
    case beyondLastEpoch = "simnet.beyond-last-epoch"
    /// A dataset and a truth that do not belong together.
    case otherNetwork = "simnet.other-network"
  }

  public let code: Code
  /// Address and port, file, or program.
  public let place: String
  public let found: String
  public let remedy: String

  public init(_ code: Code, place: String, found: String, remedy: String) {
    self.code = code
    self.place = place
    self.found = found
    self.remedy = remedy
  }

  public static func == (a: SimulationError, b: SimulationError) -> Bool { a.code == b.code }

  public var description: String { "\(place): \(found); \(remedy) (\(code.rawValue))" }
}
