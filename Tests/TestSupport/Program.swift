import Foundation

/// A built program of the project, run as a process.
public struct Program: Sendable {
  /// What a run left behind.
  public struct Result: Sendable {
    public let exitCode: Int32
    public let output: String
    public let errors: String
  }

  public let name: String

  public init(_ name: String) { self.name = name }

  /// The program built beside the running tests.
  public var path: String { Self.folder + "/" + name }

  private static let folder: String = {
    let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return (tests as NSString).deletingLastPathComponent
  }()

  /// Runs it with nothing on standard input, in the project's own folder.
  public func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Result {
    try Self.run(path, arguments, environment: environment)
  }

  /// Runs any program, found on the path where its name has no slash.
  public static func run(
    _ executable: String, _ arguments: [String], environment: [String: String] = [:]
  ) throws -> Result {
    let folder = try TemporaryFolder()
    let process = Process()
    if executable.contains("/") {
      process.executableURL = URL(fileURLWithPath: executable)
      process.arguments = arguments
    } else {
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = [executable] + arguments
    }
    process.currentDirectoryURL = PackageRoot.url
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    let output = try sink(folder.file("output"))
    let errors = try sink(folder.file("errors"))
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    process.waitUntilExit()
    try output.close()
    try errors.close()
    return Result(
      exitCode: process.terminationStatus, output: try text(folder.file("output")),
      errors: try text(folder.file("errors")))
  }

  private static func sink(_ path: String) throws -> FileHandle {
    try Data().write(to: URL(fileURLWithPath: path))
    return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
  }

  private static func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
  }
}
