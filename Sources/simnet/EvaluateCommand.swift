import ArgumentParser
import SimulatedNetwork
import StageKit

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Judge a derived dataset by the truth of the network that it measured.",
    discussion: """
      Server resolution, both operator partitions, behaviour classes and their baselines: \
      pairwise and B-cubed precision, recall and F1, adjusted Rand index, homogeneity, \
      completeness, V-measure, clusters merged and split; operators also by each evidence group \
      and rule alone. Deviations: what was planted, what fired, indicator by indicator; the \
      score's AUC, average precision, precision at 5 to 50, Brier score and calibration error.
      """)

  @Option(
    help: ArgumentHelp(
      "The truth that `simnet run` or `simnet write` wrote.", valueName: "truth.jsonl.gz"))
  var truth: String

  @Option(help: ArgumentHelp("The dataset's folder.", valueName: "folder"))
  var dataset: String

  @Option(
    help: ArgumentHelp(
      "Also judge likely operators by these labels (labels.v1), a sample of the truth.",
      valueName: "labels.jsonl"))
  var labels: String?

  @Option(
    help: ArgumentHelp("Write the measures as one JSON object there, too.", valueName: "file"))
  var output: String?

  func run() throws {
    do {
      let evaluation = try Evaluation(truth: truth, dataset: dataset, labels: labels)
      if let output { try evaluation.write(to: output) }
      print(evaluation.table, terminator: "")
    } catch {
      throw failure(error)
    }
  }
}
