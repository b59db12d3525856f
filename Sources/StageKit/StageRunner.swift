import ArgumentParser
import Artifact
import Foundation
import Logging

/// Runs a stage: parameters, lock, signals, manifest, exit code. Knows nothing of the domain.
public struct StageRunner<Parameters: StageParameters> {
  private let identity: StageIdentity
  private let options: StageOptions

  public init(_ identity: StageIdentity, _ type: Parameters.Type, _ options: StageOptions) {
    self.identity = identity
    self.options = options
  }

  /// Runs `body` with the output folder locked, then makes its outputs visible.
  ///
  /// Any error is printed on standard error and becomes the process's exit code.
  public func run(
    output: String, _ body: (Parameters, StageContext) throws -> Void
  ) throws {
    try reporting {
      let checked = try checked()
      let lock = try FolderLock(folder: output, stage: identity.name)
      Interruption.shared.arm()
      let context = context(output: output, parameters: checked.json)
      try body(checked.parameters, context)
      try context.checkInterruption()
      try context.commit()
      withExtendedLifetime(lock) {}
    }
  }

  /// As `run`, for a stage that awaits and commits its artifact groups itself.
  public func run(
    output: String, _ body: (Parameters, StageContext) async throws -> Void
  ) async throws {
    do {
      let checked = try checked()
      let lock = try FolderLock(folder: output, stage: identity.name)
      Interruption.shared.arm()
      let context = context(output: output, parameters: checked.json)
      try await body(checked.parameters, context)
      withExtendedLifetime(lock) {}
    } catch {
      try report(error)
    }
  }

  /// Handles `--extract-parameters`; true when that was all there was to do.
  public func extractsParameters() throws -> Bool {
    guard let pipeline = options.extractParameters, let target = options.to else { return false }
    try reporting {
      let checked: CheckedParameters<Parameters> = try PipelineFile(path: pipeline)
        .parameters(of: identity.name)
      let bytes = checked.json.prettyBytes
      if target == "-" {
        FileHandle.standardOutput.write(Data(bytes))
      } else {
        let folder = (target as NSString).deletingLastPathComponent
        if !folder.isEmpty { try FileBytes.createFolder(folder) }
        try FileBytes.writeIfChanged(bytes, to: target)
      }
    }
    return true
  }

  /// The checked parameters, for a command that runs no stage.
  public func parameters() throws -> Parameters {
    var result: Parameters?
    try reporting { result = try checked().parameters }
    guard let result else { throw ExitCode(70) }
    return result
  }

  /// Runs `body`, which reads inputs and writes no artifact.
  public func reading(_ body: (Parameters, StageContext) throws -> Void) throws {
    try reporting {
      let checked = try checked()
      Interruption.shared.arm()
      try body(checked.parameters, context(output: "", parameters: checked.json))
    }
  }

  /// Runs `body` with errors printed and turned into the exit code, without a stage around it.
  public func reporting(_ body: () throws -> Void) throws {
    do { try body() } catch { try report(error) }
  }

  private func report(_ error: any Error) throws { throw reported(error, by: identity.name) }

  private func checked() throws -> CheckedParameters<Parameters> {
    guard let path = options.parameters else {
      return try CheckedParameters(.object([]), place: "default parameters")
    }
    return try PipelineFile.parameters(ofObjectAt: path)
  }

  private func context(output: String, parameters: JSONValue) -> StageContext {
    var logger = Logger(label: identity.name) { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = options.quiet ? .error : options.logLevel
    let threads =
      options.threads > 0 ? options.threads : ProcessInfo.processInfo.activeProcessorCount
    return StageContext(
      identity: identity, output: output, parameters: parameters, threads: threads, logger: logger,
      isQuiet: options.quiet, interruption: .shared)
  }
}

/// Runs `body` of a command that is no stage: its errors are printed and become the exit code.
public func reporting(as command: String, _ body: () throws -> Void) throws {
  do { try body() } catch { throw reported(error, by: command) }
}

/// Prints an error on standard error.
/// - Returns: what ends the program with its exit code; the error itself where that is no failure.
private func reported(_ error: any Error, by command: String) -> any Error {
  if error is ExitCode || error is ValidationError || error is CleanExit { return error }
  let lines = (error as? StageError)?.all.map(\.description) ?? ["\(error)"]
  for line in lines {
    FileHandle.standardError.write(Data("\(command): error: \(line)\n".utf8))
  }
  return ExitCode(exitCode(of: error))
}
