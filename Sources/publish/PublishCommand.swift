import ArgumentParser
import StageKit

@main
struct PublishCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish",
    abstract: "Make the data package and the report of a dataset.",
    version: observatoryVersion, subcommands: [Package.self, Diff.self],
    defaultSubcommand: Package.self)
}
