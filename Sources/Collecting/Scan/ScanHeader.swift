import Artifact
import Foundation
import StageKit
import Timekeeping

/// What a scan that is under way says of itself on disk, so that a later run can go on with it.
struct ScanHeader: Sendable, Equatable {
  static let fileName = "scan.json"
  private static let schema = "scan-journal.v1"

  let name: String
  let startedAt: UTCTime
  /// Number of the scan in its series.
  let turn: Int
  /// Everything that decides what is asked of whom, as a digest.
  let conditions: String
  /// When each run at it began.
  var runs: [UTCTime]
  /// Time that runs before the last one took. Unit: µs.
  var spentBefore = 0

  private var json: JSONValue {
    .object([
      ("conditions", .string(conditions)), ("name", .string(name)),
      ("runs", .array(runs.map { .string($0.text) })), ("schema", .string(Self.schema)),
      ("spent_us", .integer(spentBefore)), ("started_at", .string(startedAt.text)),
      ("turn", .integer(turn)),
    ])
  }

  init(name: String, startedAt: UTCTime, turn: Int, conditions: String) {
    self.name = name
    self.startedAt = startedAt
    self.turn = turn
    self.conditions = conditions
    runs = [startedAt]
  }

  /// Nil where the folder holds no scan that could go on.
  init?(folder: String) {
    guard let bytes = try? FileBytes.read(folder + "/" + Self.fileName, limit: 1 << 20),
      let json = try? JSONValue(parsing: bytes), case .string(Self.schema)? = json["schema"],
      case .string(let name)? = json["name"], case .string(let conditions)? = json["conditions"],
      case .string(let start)? = json["started_at"], let startedAt = UTCTime(iso8601: start),
      case .integer(let turn)? = json["turn"], case .array(let items)? = json["runs"]
    else { return nil }
    self.init(name: name, startedAt: startedAt, turn: turn, conditions: conditions)
    if case .integer(let spent)? = json["spent_us"] { spentBefore = spent }
    runs = items.compactMap {
      if case .string(let text) = $0 { UTCTime(iso8601: text) } else { nil }
    }
  }

  func write(to folder: String) throws(ArtifactError) {
    try FileBytes.write(Array((json.canonicalText + "\n").utf8), to: folder + "/" + Self.fileName)
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
