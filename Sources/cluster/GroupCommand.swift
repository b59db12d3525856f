import ArgumentParser
import Clustering
import StageKit

extension ClusterCommand {
  struct Group: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Derive the clusters from the features; what is done without a subcommand.")

    @Option(help: ArgumentHelp("The features.", valueName: "folder"))
    var features: String?

    @Option(help: ArgumentHelp("Where the clusters go.", valueName: "folder"))
    var output: String?

    @OptionGroup var options: StageOptions

    func run() throws {
      let runner = StageRunner(ClusterStage.identity, ClusterParameters.self, options)
      if try runner.extractsParameters() { return }
      let features = try required(features, "--features <folder>")
      try runner.run(output: try required(output, "--output <folder>")) { parameters, context in
        try ClusterStage(parameters, context: context).run(features: features)
      }
    }
  }
}
