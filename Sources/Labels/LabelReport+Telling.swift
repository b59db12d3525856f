import Artifact
import Foundation
public import StageKit

extension LabelReport {
  /// Prints the figures on standard output; throws where a permanent case fired.
  ///
  /// - Parameter path: what `simnet evaluate` wrote; nil: nothing stands beside.
  public func tell(beside path: String?, labels: String) throws(StageError) {
    let simulated = try path.map { path throws(StageError) in
      try InputFile.json(path, expected: "what simnet evaluate wrote (evaluation.v1)")
    }
    if let simulated, simulated["schema"] != .string("evaluation.v1") {
      throw StageError(
        .badInput, place: path ?? "", expected: "schema evaluation.v1",
        found: simulated["schema"]?.kind ?? "nothing",
        remedy: "write it with `simnet evaluate --output`")
    }
    FileHandle.standardOutput.write(Data(text(simulated: simulated).utf8))
    if let first = failures.first {
      throw StageError(
        .badInput, place: labels, expected: "no permanent case that fires",
        found: "\(failures.count), as \(EscapedText.escape(first))",
        remedy: "mend the rule that fired, or supersede the label if it no longer holds")
    }
  }
}
