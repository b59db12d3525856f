import ArgumentParser
import StageKit

@main
struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract:
      "Evaluate protocol deviations, concentration, and what wallets meet; answer the questions.",
    version: observatoryVersion, subcommands: [Compute.self, Evaluate.self],
    defaultSubcommand: Compute.self)
}
