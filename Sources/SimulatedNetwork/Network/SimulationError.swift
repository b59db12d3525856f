public import Artifact

/// Why a simulated network cannot start or go on.
public struct SimulationError: ReportedError {
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

  public var expected: String {
    switch code {
    case .addressInUse: "free addresses"
    case .cannotBind: "a listening socket"
    case .certificate: "a certificate that OpenSSL makes"
    case .cannotWrite: "a file that can be written"
    case .cannotRun: "a program that runs"
    case .beyondLastEpoch: "an epoch of the plan"
    case .otherNetwork: "a dataset of the network of the truth"
    }
  }

  public var exitCode: Int32 {
    switch code {
    case .addressInUse, .cannotBind: 69
    case .otherNetwork: 65
    case .certificate: 70
    case .cannotWrite: 73
    case .cannotRun: 66
    case .beyondLastEpoch: 64
    }
  }
}
