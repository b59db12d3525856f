import ArgumentParser
import StageKit

@main
struct CollectCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "collect", abstract: "Record raw evidence of a network, or of a foreign scan.",
    version: observatoryVersion, subcommands: [Scan.self, Plan.self, Import.self],
    defaultSubcommand: Scan.self)
}
