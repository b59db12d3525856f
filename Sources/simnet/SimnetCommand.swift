import ArgumentParser
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
