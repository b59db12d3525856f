import ArgumentParser
import Clustering
import StageKit

extension ClusterCommand {
  struct Group: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write the tables of classes, likely operators and their evidence.",
      discussion: """
        Answering alike says nothing of who runs a server. Likely operators rest on operator evidence \
        only; each link is listed with its bits. Needs --normalized, --features and --output.
        """)

    @Option(help: ArgumentHelp("The normalized scans.", valueName: "folder"))
    var normalized: String?

    @Option(help: ArgumentHelp("The features.", valueName: "folder"))
    var features: String?

    @Option(help: ArgumentHelp("Where the clusters go.", valueName: "folder"))
    var output: String?

    @OptionGroup var options: StageOptions

    func run() throws {
      let runner = StageRunner(ClusterStage.identity, ClusterParameters.self, options)
      if try runner.extractsParameters() { return }
      let normalized = try required(normalized, "--normalized <folder>")
      let features = try required(features, "--features <folder>")
      try runner.run(output: try required(output, "--output <folder>")) { parameters, context in
        try ClusterStage(parameters, context: context)
          .run(normalized: normalized, features: features)
      }
    }
  }
}
