public import ArgumentParser
import Artifact
public import Logging

/// The version of all programs.
public let observatoryVersion = "0.1.0"

/// The options that all stages have.
public struct StageOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The stage's own parameters: a JSON object ('-': standard input). Without it, defaults.",
      valueName: "file"))
  public var parameters: String?

  @Option(
    help: ArgumentHelp(
      "Threads to use; results do not depend on it. 0: one a processor.", valueName: "n"))
  public var threads = 0

  @Option(
    help: ArgumentHelp(
      "How much to log: trace, debug, info, notice, warning, error.", valueName: "level"))
  public var logLevel: Logger.Level = .notice

  @Flag(help: "No progress and no log below errors.")
  public var quiet = false

  @Option(
    help: ArgumentHelp(
      "Check this pipeline.json, write the stage's own parameters to --to, and end.",
      valueName: "pipeline.json"))
  public var extractParameters: String?

  @Option(
    help: ArgumentHelp(
      "Where --extract-parameters writes; left alone if unchanged ('-': standard output).",
      valueName: "file"))
  public var to: String?

  public init() {}

  /// The options of a run that another program or a test starts: quiet, default parameters.
  public static func embedded(threads: Int = 1) throws -> StageOptions {
    try parse(["--threads", "\(threads)", "--quiet"])
  }

  public func validate() throws {
    guard (0...1024).contains(threads) else {
      throw ValidationError("--threads: expected 0 to 1024, found \(threads)")
    }
    if (extractParameters == nil) != (to == nil) {
      throw ValidationError("--extract-parameters and --to go together")
    }
  }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}

/// The value of an option that a run needs, though `--extract-parameters` does not.
public func required(_ value: String?, _ option: String) throws -> String {
  if let value { return value }
  throw ValidationError("Missing expected argument '\(option)'")
}
