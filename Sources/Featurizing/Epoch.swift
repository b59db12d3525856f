import Longitudinal
import Records

/// A stretch of time whose scans are looked at together.
struct Epoch: Equatable {
  /// Its start, UTC, in the form in which scans are named; the name of a scan that tells no time.
  let name: String
  /// In ascending order.
  let scans: [String]

  /// Epochs in ascending order of their names; they begin at whole multiples of `length` since 1970.
  static func group(_ scans: [String], seconds length: Int) -> [Epoch] {
    Dictionary(grouping: scans) { name(of: $0, length) }
      .map { Epoch(name: $0.key, scans: $0.value.sorted()) }
      .sorted { $0.name < $1.name }
  }

  private static func name(of scan: String, _ length: Int) -> String {
    guard let seconds = ScanMoment(scan: scan).seconds else { return scan }
    let text = Timestamp.text(seconds: seconds - (seconds % length + length) % length)
    return text.filter { $0 != "-" && $0 != ":" }
  }
}
