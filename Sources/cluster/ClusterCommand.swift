import ArgumentParser
import Clustering
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
    version: observatoryVersion)

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
