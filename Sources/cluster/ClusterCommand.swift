import ArgumentParser
import StageKit

@main
struct ClusterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cluster",
    abstract: "Group servers that answer alike, and servers that likely have one operator.",
    version: observatoryVersion,
    subcommands: [Group.self, Explain.self, Evaluate.self, Density.self],
    defaultSubcommand: Group.self)
}
