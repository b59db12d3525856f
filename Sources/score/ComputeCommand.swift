import ArgumentParser
import Scoring
import StageKit

extension ScoreCommand {
  struct Compute: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write the tables of indicators, scores, concentration, exposure and answers.",
      discussion: """
        Indicators are proved, statistical or descriptive, and never mixed. A score says how far \
        answers deviate from the protocol's truth, nothing of intent. Needs --normalized, \
        --features, --clusters and --output.
        """)

    @Option(help: ArgumentHelp("The normalized scans.", valueName: "folder"))
    var normalized: String?

    @Option(help: ArgumentHelp("The features.", valueName: "folder"))
    var features: String?

    @Option(help: ArgumentHelp("The clusters.", valueName: "folder"))
    var clusters: String?

    @Option(help: ArgumentHelp("Where the scores go.", valueName: "folder"))
    var output: String?

    @OptionGroup var options: StageOptions

    func run() throws {
      let runner = StageRunner(ScoreStage.identity, ScoreParameters.self, options)
      if try runner.extractsParameters() { return }
      let normalized = try required(normalized, "--normalized <folder>")
      let features = try required(features, "--features <folder>")
      let clusters = try required(clusters, "--clusters <folder>")
      try runner.run(output: try required(output, "--output <folder>")) { parameters, context in
        try ScoreStage(parameters, context: context)
          .run(normalized: normalized, features: features, clusters: clusters)
      }
    }
  }
}
