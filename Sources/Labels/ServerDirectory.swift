public import Artifact
import Records
import StageKit
import Timekeeping

/// Which servers of a dataset a label means.
public struct ServerDirectory: Sendable {
  /// A label of another time says nothing of a scan: names and addresses pass to others.
  static let windowSeconds = 365 * 86_400

  private var servers: [String: Set<String>] = [:]
  /// Starts of the scans, in seconds since 1970.
  private var starts: [Int] = []
  private var isTimed = true

  /// - Parameter normalized: the folder of the normalized scans.
  public init(normalized: String) throws(ArtifactError) {
    for name in try NormalizedSeries.scans(in: normalized) {
      let folder = normalized + "/" + name
      let started = try ArtifactReader<Scan>(folder: folder).all().first?.startedAt
      take(start: started)
      let reader = try ArtifactReader<Server>(folder: folder)
      while let row = try reader.next() {
        for word in [row.serverID] + row.names + row.verifiedNames + row.addresses {
          servers[word.lowercased(), default: []].insert(row.serverID)
        }
      }
    }
  }

  init(_ servers: [String: Set<String>], starts: [String]) {
    self.servers = servers
    for start in starts { take(start: start) }
  }

  private mutating func take(start: String?) {
    if let time = start.flatMap(UTCTime.microseconds) {
      starts.append(time / 1_000_000)
    } else {
      isTimed = false
    }
  }

  /// The servers of a unit, in order; none where the dataset has no such server.
  public func servers(_ unit: String) -> [String] { (servers[unit.lowercased()] ?? []).sorted() }

  /// Whether a label of that date says something of the dataset: a scan is within a year of it, or has
  /// no time.
  public func isOfTime(_ date: String) -> Bool {
    guard isTimed, let span = CalendarSpan(date), let first = UTCTime.microseconds(span.first),
      let last = UTCTime.microseconds(span.last)
    else { return true }
    let window = Self.windowSeconds
    return starts.contains {
      (first / 1_000_000 - window...last / 1_000_000 + window).contains($0)
    }
  }
}
