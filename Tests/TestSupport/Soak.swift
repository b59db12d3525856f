import Foundation

/// How much a repetition repeats: a representative in `make test`, all of it in `make soak`.
public enum Soak {
  public static let isOn = ProcessInfo.processInfo.environment["OBSERVATORY_SOAK"] == "1"

  /// `all` in `make soak`, else `few`.
  public static func size(_ few: Int, of all: Int) -> Int { isOn ? all : few }
}
