import Artifact
import Foundation
import Ordering
package import StageKit

/// Who asked in their own words to be left out, kept with a dataset for its later scans.
///
/// A file in the form of an opt-out list, which only grows: `raw/opted-out.txt`.
package struct OptOutMemory {
  package static let fileName = "opted-out.txt"
  private static let preface =
    "# Servers whose banner or donation text says \(OptOutRequest.token), with the time: later scans\n"
    + "# of this dataset do not contact them. An operator who takes it back removes the lines here too.\n"

  private let path: String

  /// - Parameter folder: the dataset's raw evidence.
  package init(folder: String) {
    path = folder + "/" + Self.fileName
  }

  /// - Throws: `stage.bad-input` with the line of an entry that cannot be read.
  package func list() throws(StageError) -> OptOutList {
    guard access(path, F_OK) == 0 else { return OptOutList() }
    return try OptOutList(
      parsing: try InputFile.text(path, expected: "the servers that opted out"), file: path)
  }

  /// Adds what is not there yet; the file is whole at any time.
  package func remember(_ requests: [OptOutRequest]) throws(StageError) {
    if requests.isEmpty { return }
    let known = try list()
    let isThere = access(path, F_OK) == 0
    var text =
      isThere ? try InputFile.text(path, expected: "the servers that opted out") : Self.preface
    let before = text
    for request in requests.sorted(by: { ($0.address, $0.date) < ($1.address, $1.date) }) {
      text += Self.lines(request, known)
    }
    if text == before { return }
    do throws(ArtifactError) {
      try FileBytes.write(Array(text.utf8), to: path)
    } catch {
      throw StageError(
        .inputOutput, place: path, expected: error.expected, found: error.found,
        remedy: error.remedy)
    }
  }

  private static func lines(_ request: OptOutRequest, _ known: OptOutList) -> String {
    let entries = [request.address, request.name].compactMap { $0 }
    return entries.filter { !known.contains(entry: $0) }
      .map { "\($0)  # \(request.date) said at \(request.address)\n" }.joined()
  }
}
