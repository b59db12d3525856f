import Longitudinal
import Ordering

/// A stretch of time whose scans are looked at together.
struct Epoch: Equatable {
  /// When it begins, UTC. nil: its one scan's name tells no time.
  let start: String?
  /// In ascending order; there is one.
  private(set) var scans: [String]

  /// The name of its first scan.
  var name: String { scans[0] }

  /// Epochs in ascending order of their names; they are those of the events.
  static func group(_ scans: [String], _ rules: SeriesRules) -> [Epoch] {
    var epochs: [Epoch] = []
    for scan in scans.sorted() {
      let start = ScanMoment(scan: scan).seconds
        .map { rules.start(ofEpoch: rules.epoch(of: $0)) }
      if let start, let last = epochs.indices.last, epochs[last].start == start {
        epochs[last].scans.append(scan)
      } else {
        epochs.append(Epoch(start: start, scans: [scan]))
      }
    }
    return epochs
  }
}
