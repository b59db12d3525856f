import Artifact
import Foundation
import Ordering
internal import Records
internal import StageKit

/// Takes the exchanges that claims rest on out of the raw evidence: the one place where publishing
/// reads it, since a transcript is evidence and no derived value.
struct TranscriptReader {
  let context: StageContext
  /// Folder of the raw evidence.
  let folder: String

  /// - Returns: the transcripts of each server, in the order of its references.
  func read(_ references: [TranscriptReference]) throws -> [String: [Transcript]] {
    var found: [String: [(place: Int, transcript: Transcript)]] = [:]
    let scans = Dictionary(grouping: references.enumerated(), by: \.element.scan)
    for (scan, wanted) in scans.sorted(by: { $0.key < $1.key }) {
      guard exists(scan) else { continue }
      var places = Dictionary(grouping: wanted, by: \.element.endpointID)
      let reader = try context.reader(Connection.self, folder: folder + "/" + scan, scope: scan)
      while !places.isEmpty, let connection = try reader.next() {
        guard let here = places[connection.endpointID] else { continue }
        let rest = here.filter { place, reference in
          let isIt = reference.attempt.map { $0 == connection.attempt }
          guard isIt ?? (connection.outcome == .answered) else { return true }
          let transcript = Transcript(reference, connection)
          found[reference.serverID, default: []].append((place, transcript))
          return false
        }
        places[connection.endpointID] = rest.isEmpty ? nil : rest
      }
      try context.checkInterruption()
    }
    return found.mapValues { $0.sorted { $0.place < $1.place }.map(\.transcript) }
  }

  /// Raw evidence may have been put elsewhere: the claims stand, and say that no bytes are kept here.
  private func exists(_ scan: String) -> Bool {
    let name = Connection.schema.fileName
    return [name, Manifest.fileName(for: name)].contains {
      FileManager.default.fileExists(atPath: folder + "/" + scan + "/" + $0)
    }
  }
}
