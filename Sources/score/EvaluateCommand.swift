import ArgumentParser
import Labels
import Scoring
import StageKit

extension ScoreCommand {
  struct Evaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Judge the verdicts of a dataset, and readings of texts, by labels.",
      discussion: """
        Precision and recall with exact 95 % intervals. Labels that rest on a family of indicators are \
        judged with that family left out, first, and then with it. Labels of texts are replayed and \
        need no dataset. Ends with exit code 65 where a permanent case fired. Nothing is written.
        """)

    @Option(help: ArgumentHelp("The labels (labels.v1).", valueName: "labels.jsonl"))
    var labels: String
    @Option(help: ArgumentHelp("The normalized scans.", valueName: "folder"))
    var normalized: String?
    @Option(help: ArgumentHelp("The scores.", valueName: "folder"))
    var scores: String?
    @Option(
      help: ArgumentHelp(
        "What `simnet evaluate --output` wrote, to print beside.", valueName: "evaluation.json"))
    var simulated: String?
    @OptionGroup var options: StageOptions

    func run() throws {
      let runner = StageRunner(ScoreStage.identity, ScoreParameters.self, options)
      let parameters = try runner.parameters()
      try runner.reporting {
        let judged = try ConductLabels(try LabelFile(path: labels), parameters)
        guard judged.needsServers || scores != nil else {
          return try judged.textReport().tell(beside: simulated, labels: labels)
        }
        let directory = try ServerDirectory(
          normalized: try required(normalized, "--normalized <folder>"))
        try judged.report(scores: try required(scores, "--scores <folder>"), directory: directory)
          .tell(beside: simulated, labels: labels)
      }
    }
  }
}
