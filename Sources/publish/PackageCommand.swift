import ArgumentParser
import Publishing
import StageKit

extension PublishCommand {
  struct Package: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write the data package and the report.",
      discussion: """
        Reads what the other stages left; a table that is absent leaves its section empty and says so. \
        The name of the output folder is the version.
        """)

    @Option(help: ArgumentHelp("Raw evidence of the dataset.", valueName: "folder"))
    var raw: String?
    @Option(help: ArgumentHelp("Output of normalize.", valueName: "folder"))
    var normalized: String?
    @Option(help: ArgumentHelp("Output of featurize.", valueName: "folder"))
    var features: String?
    @Option(help: ArgumentHelp("Output of cluster.", valueName: "folder"))
    var clusters: String?
    @Option(help: ArgumentHelp("Output of score.", valueName: "folder"))
    var scores: String?
    @Option(help: ArgumentHelp("Folder of the publication.", valueName: "folder"))
    var output: String?
    @Option(help: ArgumentHelp("Name of the dataset, as readers see it.", valueName: "name"))
    var datasetName = "dataset"
    @Option(
      help: ArgumentHelp(
        "Package of the release before: what is otherwise becomes a table, a page and a feed.",
        valueName: "folder"))
    var previous: String?
    @OptionGroup var common: StageOptions

    func run() throws {
      let runner = StageRunner(PublishStage.identity, PublishParameters.self, common)
      if try runner.extractsParameters() { return }
      let inputs = PublishInputs(
        raw: try required(raw, "--raw <folder>"),
        normalized: try required(normalized, "--normalized <folder>"),
        features: try required(features, "--features <folder>"),
        clusters: try required(clusters, "--clusters <folder>"),
        scores: try required(scores, "--scores <folder>"), datasetName: datasetName,
        previous: previous)
      try runner.run(output: try required(output, "--output <folder>")) { parameters, context in
        try PublishStage(inputs: inputs, parameters: parameters).run(context)
      }
    }
  }
}
