import ArgumentParser
import Clustering
import StageKit

extension ClusterCommand {
  struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print why two servers are linked or not, or what holds a group together.",
      discussion: """
        Two server ids: what they have in common, bit by bit, also where nothing links them. One \
        operator id: its label, its links and where it would part. These are worked out anew from \
        the facts and features, with the same parameters. One behaviour class (k_...) or family \
        (f_...): what is known of it and tells it from others, from the clusters.
        """)

    @Argument(help: "Two server ids, or the id of one operator, class or family.")
    var ids: [String] = []

    @Option(help: ArgumentHelp("The normalized scans.", valueName: "folder"))
    var normalized: String?

    @Option(help: ArgumentHelp("The features.", valueName: "folder"))
    var features: String?

    @Option(help: ArgumentHelp("The clusters, for a class or family.", valueName: "folder"))
    var clusters: String?

    @OptionGroup var options: StageOptions

    func validate() throws {
      if !(1...2).contains(ids.count) {
        throw ValidationError(
          "explain takes two server ids or one id of an operator, class or family")
      }
    }

    func run() throws {
      let runner = StageRunner(ClusterStage.identity, ClusterParameters.self, options)
      if let group = ids.first, ids.count == 1, group.hasPrefix("k_") || group.hasPrefix("f_") {
        let clusters = try required(clusters, "--clusters <folder>")
        return try runner.reporting {
          print(try BehaviourExplanation(clusters: clusters).text(of: group), terminator: "")
        }
      }
      let normalized = try required(normalized, "--normalized <folder>")
      let features = try required(features, "--features <folder>")
      try runner.reading { parameters, context in
        let explanation = try ClusterStage(parameters, context: context)
          .explanation(of: ids, normalized: normalized, features: features)
        print(explanation, terminator: "")
      }
    }
  }
}
