import ArgumentParser
import Featurizing
import StageKit

@main
struct FeaturizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "featurize",
    abstract: "Derive comparable features, response signatures, timelines and coverage.",
    discussion: """
      Every value is a value, absent or unknown; unknown stays unknown. Needs --normalized and \
      --output.
      """,
    version: observatoryVersion)

  @Option(help: ArgumentHelp("The normalized scans.", valueName: "folder"))
  var normalized: String?

  @Option(help: ArgumentHelp("Where the features go.", valueName: "folder"))
  var output: String?

  @OptionGroup var options: StageOptions

  func run() throws {
    let runner = StageRunner(FeaturizeStage.identity, FeaturizeParameters.self, options)
    if try runner.extractsParameters() { return }
    let normalized = try required(normalized, "--normalized <folder>")
    try runner.run(output: try required(output, "--output <folder>")) { parameters, context in
      var stage = FeaturizeStage(parameters, context: context)
      try stage.run(normalized: normalized)
    }
  }
}
