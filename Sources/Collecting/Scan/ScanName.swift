import Artifact
import Foundation
import Records
import Timekeeping

/// The name of a scan: `20260102T030405Z-<vantage>`.
enum ScanName {
  static func isVantage(_ text: String) -> Bool {
    SeriesIndex.isScanName(text) && text.utf8.count <= 64
  }

  /// The name of a scan that begins now; where that second is taken, the next free one.
  static func free(in folder: String, at start: UTCTime, vantage: String) -> String {
    var time = start
    while true {
      let name = "\(time.compact)-\(vantage)"
      if access("\(folder)/\(name)", F_OK) != 0 { return name }
      time = UTCTime(microseconds: time.microseconds + 1_000_000)
    }
  }
}
