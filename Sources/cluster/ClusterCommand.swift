import ArgumentParser
import StageKit

@main
struct ClusterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cluster",
    abstract: "Group servers that answer alike, and servers that likely have one operator.",
    discussion: """
      Answering alike says nothing of who runs a server. Likely operators rest on identity \
      evidence only; each link is listed. Needs --features and --output.
      """,
    version: observatoryVersion, subcommands: [Group.self, Explain.self, Density.self],
    defaultSubcommand: Group.self)
}
