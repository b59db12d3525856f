import ArgumentParser
import Labels
import StageKit

extension ClusterCommand {
  struct Evaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Judge the likely operators of a dataset by labels of real servers.",
      discussion: """
        Precision and recall of pairs, and by servers (B-cubed), estimated from the labelled groups as \
        a sample of all, with 95 % intervals. Labels that rest on a group of evidence are judged with \
        that group left out, first, and then with it. Ends with exit code 65 where a permanent case \
        fired. Nothing is written.
        """)

    @Option(help: ArgumentHelp("The labels (labels.v1).", valueName: "labels.jsonl"))
    var labels: String
    @Option(help: ArgumentHelp("The normalized scans.", valueName: "folder"))
    var normalized: String
    @Option(help: ArgumentHelp("The clusters.", valueName: "folder"))
    var clusters: String
    @Option(
      help: ArgumentHelp(
        "What `simnet evaluate --output` wrote, to print beside.", valueName: "evaluation.json"))
    var simulated: String?

    func run() throws {
      try reporting(as: "cluster evaluate") {
        let file = try LabelFile(path: labels)
        let judged = OperatorLabels(file, try ServerDirectory(normalized: normalized))
        try judged.report(clusters: clusters).tell(beside: simulated, labels: labels)
      }
    }
  }
}
