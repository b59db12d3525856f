import ArgumentParser
import Clustering
import StageKit

extension ClusterCommand {
  struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print why two servers are linked or not, or what holds an operator together.",
      discussion: """
        Two server ids: what they have in common, bit by bit, also where nothing links them. One \
        operator id: its label, its links and where it would part. Everything is worked out anew \
        from the facts and features, with the same parameters.
        """)

    @Argument(help: "Two server ids, or the id of one operator.")
    var ids: [String] = []

    @Option(help: ArgumentHelp("The normalized scans.", valueName: "folder"))
    var normalized: String?

    @Option(help: ArgumentHelp("The features.", valueName: "folder"))
    var features: String?

    @OptionGroup var options: StageOptions

    func validate() throws {
      if !(1...2).contains(ids.count) {
        throw ValidationError("explain takes two server ids or one operator id")
      }
    }

    func run() throws {
      let normalized = try required(normalized, "--normalized <folder>")
      let features = try required(features, "--features <folder>")
      let runner = StageRunner(ClusterStage.identity, ClusterParameters.self, options)
      try runner.reading { parameters, context in
        let explanation = try ClusterStage(parameters, context: context)
          .explanation(of: ids, normalized: normalized, features: features)
        print(explanation, terminator: "")
      }
    }
  }
}
