public import Artifact

extension Evaluation {
  static let schema = "evaluation.v1"

  /// One object a task, measures rounded to twelve significant digits.
  public var json: JSONValue {
    let tasks = Dictionary(grouping: measures, by: \.task)
    return .object(
      [("schema", .string(Self.schema))]
        + tasks.map { task, measures in
          (
            task,
            .object(
              measures.map { measure in
                (
                  measure.name,
                  measure.value.map { .number($0.rounded(significantDigits: 12)) } ?? .null
                )
              })
          )
        })
  }

  /// Writes `json` as a file that people can read, too.
  public func write(to path: String) throws(ArtifactError) {
    try FileBytes.write(Array(json.prettyText.utf8), to: path)
  }

  /// A line a measure, for people.
  public var table: String {
    let width = measures.map { $0.task.utf8.count + $0.name.utf8.count }.max() ?? 0
    return measures.map { measure in
      let name = "\(measure.task)  \(measure.name)"
      let space = String(repeating: " ", count: width + 4 - name.utf8.count)
      let value = measure.value.map { "\($0.rounded(significantDigits: 4))" } ?? "not defined"
      return name + space + value + "\n"
    }.joined()
  }
}
