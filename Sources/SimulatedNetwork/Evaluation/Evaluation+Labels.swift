internal import Labels
internal import Statistics

extension Evaluation {
  /// What labels of some servers tell of the likely operators, beside what the whole truth tells: an
  /// interval is two measures more, `.low` and `.high`.
  mutating func judgeOperators(byLabels path: String, dataset: String) throws {
    let labels = OperatorLabels(
      try LabelFile(path: path), try ServerDirectory(normalized: dataset + "/normalized"))
    let report = try labels.report(clusters: dataset + "/clusters")
    for measure in report.measures {
      add(measure.task, measure.name, measure.value)
      guard let interval = measure.interval else { continue }
      add(measure.task, measure.name + ".low", interval.low)
      add(measure.task, measure.name + ".high", interval.high)
    }
  }
}
