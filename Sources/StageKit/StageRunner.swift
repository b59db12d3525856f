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
      let values = try values()
      let parameters = try Parameters(values)
      let lock = try FolderLock(folder: output, stage: identity.name)
      Interruption.shared.arm()
      let context = context(output: output, values: values)
      try body(parameters, context)
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
      let values = try values()
      let parameters = try Parameters(values)
      let lock = try FolderLock(folder: output, stage: identity.name)
      Interruption.shared.arm()
      let context = context(output: output, values: values)
      try await body(parameters, context)
      withExtendedLifetime(lock) {}
    } catch {
      try report(error)
    }
  }

  /// Handles `--extract-parameters`; true when that was all there was to do.
  public func extractsParameters() throws -> Bool {
    guard let pipeline = options.extractParameters, let target = options.to else { return false }
    try reporting {
      let values = try PipelineFile(path: pipeline)
        .values(of: identity.name, fields: Parameters.fields)
      _ = try Parameters(values)
      let bytes = Array(values.json.prettyText.utf8)
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
    try reporting { result = try Parameters(try values()) }
    guard let result else { throw ExitCode(70) }
    return result
  }

  /// Runs `body` with errors printed and turned into the exit code, without a stage around it.
  public func reporting(_ body: () throws -> Void) throws {
    do { try body() } catch { try report(error) }
  }

  private func report(_ error: any Error) throws {
    if error is ExitCode || error is ValidationError || error is CleanExit { throw error }
    FileHandle.standardError.write(Data("\(identity.name): error: \(error)\n".utf8))
    throw ExitCode(exitCode(of: error))
  }

  private func values() throws -> ParameterValues {
    guard let path = options.parameters else {
      return try ParameterValues(
        .object([]), fields: Parameters.fields, place: "default parameters")
    }
    return try PipelineFile.values(ofObjectAt: path, fields: Parameters.fields)
  }

  private func context(output: String, values: ParameterValues) -> StageContext {
    var logger = Logger(label: identity.name) { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = options.quiet ? .error : options.logLevel
    let threads =
      options.threads > 0 ? options.threads : ProcessInfo.processInfo.activeProcessorCount
    return StageContext(
      identity: identity, output: output, parameters: values, threads: threads, logger: logger,
      isQuiet: options.quiet, interruption: .shared)
  }
}
