import ArgumentParser
import Clustering
import StageKit

extension ClusterCommand {
  struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print what is known of a behaviour class or family, and what tells it from others."
    )

    @Argument(help: "A class (k_...) or a family (f_...).") var subject: String

    @Option(help: ArgumentHelp("The clusters.", valueName: "folder"))
    var clusters: String?

    @OptionGroup var options: StageOptions

    func run() throws {
      let runner = StageRunner(ClusterStage.identity, ClusterParameters.self, options)
      let clusters = try required(clusters, "--clusters <folder>")
      try runner.reporting {
        print(try BehaviourExplanation(clusters: clusters).text(of: subject), terminator: "")
      }
    }
  }
}
