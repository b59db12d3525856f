internal import Glibc

/// An error that ends the program, with its exit code after sysexits(3).
public protocol SimulationFailure: Error, CustomStringConvertible {
  var exitCode: Int32 { get }
}

extension ScenarioError: SimulationFailure {
  public var exitCode: Int32 { code == .unreadable ? 66 : 65 }
}

extension SimulationError: SimulationFailure {
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

/// Lines on the standard streams, written at once.
public enum FileOutput {
  public static func standardOutput(_ line: String) { write(line, to: STDOUT_FILENO) }
  public static func standardError(_ line: String) { write(line, to: STDERR_FILENO) }

  private static func write(_ line: String, to descriptor: Int32) {
    let bytes = Array((line + "\n").utf8)
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      guard count > 0 else { return }
      sent += count
    }
  }
}
