import Artifact
import Foundation
import Ordering
import StageKit
import Timekeeping

/// What a scan that is under way says of itself on disk, so that a later run can go on with it.
struct ScanHeader: FieldObject, Equatable {
  static let fileName = "scan.json"
  private static let schema = "scan-journal.v1"

  private var schema = Self.schema
  private(set) var name = ""
  private(set) var startedAt = UTCTime(microseconds: 0)
  /// Number of the scan in its series.
  private(set) var turn = 0
  /// Everything that decides what is asked of whom, as a digest.
  private(set) var conditions = ""
  /// When each run at it began.
  var runs: [UTCTime] = []
  /// Time that runs before the last one took. Unit: µs.
  var spentBefore = 0

  init() {}

  init(name: String, startedAt: UTCTime, turn: Int, conditions: String) {
    self.name = name
    self.startedAt = startedAt
    self.turn = turn
    self.conditions = conditions
    runs = [startedAt]
  }

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("schema", &schema, .constant(Self.schema), "The form of the file.")
    f.required("name", &name, .text, "Name of the scan.")
    f.required("started_at", &startedAt, .time, "When it began, UTC.")
    f.required("turn", &turn, .integer(0...Int.max), "Its number in its series.")
    f.required("conditions", &conditions, .text, "Digest of what decides what is asked of whom.")
    f.required("runs", &runs, .list(.time), "When each run at it began, UTC.")
    f.field(
      "spent_us", &spentBefore, .integer(0...Int.max),
      "Time that runs before the last one took, in microseconds.")
  }

  /// Nil where the folder holds no scan that could go on.
  init?(folder: String) {
    guard let bytes = try? FileBytes.read(folder + "/" + Self.fileName, limit: 1 << 20),
      let json = try? JSONValue(parsing: bytes),
      let header = try? ObjectReader.read(json, as: Self.self).value
    else { return nil }
    self = header
  }

  func write(to folder: String) throws(ArtifactError) {
    let line = ObjectWriter.json(of: self).canonicalBytes + [UInt8(ascii: "\n")]
    try FileBytes.write(line, to: folder + "/" + Self.fileName)
  }
}

extension FieldForm where Value == UTCTime {
  fileprivate static var time: FieldForm {
    FieldForm<String>.text.converted(
      expected: "a time as 2026-01-01T00:00:00.000000Z", into: { UTCTime(iso8601: $0) },
      from: { $0.text })
  }
}

/// A scan that was interrupted: its folder and what it had seen.
struct UnfinishedScan {
  var header: ScanHeader
  let folder: ScanFolder

  /// The unfinished scans of a dataset, the oldest first.
  static func find(in raw: String) -> [UnfinishedScan] {
    ScanFolder.leftovers(in: raw).compactMap { path in
      ScanHeader(folder: path).map { UnfinishedScan(header: $0, folder: ScanFolder(in: raw, $0)) }
    }
    .sorted { $0.header.startedAt < $1.header.startedAt }
  }

  /// When the last thing was written down.
  var lastSign: UTCTime {
    let names = ["journal.jsonl", "journal-resolutions.jsonl", "under-way", ScanHeader.fileName]
    let times = names.compactMap { name -> UTCTime? in
      var status = stat()
      guard stat("\(folder.path)/\(name)", &status) == 0 else { return nil }
      let time = status.st_mtim
      return UTCTime(microseconds: time.tv_sec * 1_000_000 + time.tv_nsec / 1_000)
    }
    return times.max() ?? header.startedAt
  }
}
