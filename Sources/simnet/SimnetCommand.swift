import ArgumentParser
import SimulatedNetwork
import StageKit

@main
struct SimnetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simnet",
    abstract: "Simulate a network of Electrum servers on loopback, with its truth attached.",
    version: observatoryVersion,
    subcommands: [Run.self, Generate.self, WriteCommand.self, EvaluateCommand.self],
    defaultSubcommand: Run.self)
}

/// Tells what ended the program; the exit that says so to its caller.
func failure(_ error: any Error) -> ExitCode {
  FileOutput.standardError("simnet: \(error)")
  return ExitCode(exitCode(of: error))
}
