import Artifact
import Records
import StageKit

/// Which list: the same name of another kind is another list.
struct ListSource: Hashable {
  let kind: ListingKind
  let name: String
}

/// Every list of the series with the lifetimes of its hosts. What servers tell of each other is no
/// list.
struct ListingLedger {
  private var lists: [ListSource: ListHistory] = [:]

  /// Takes in the lists' states of a scan; scans come in the order of the series.
  ///
  /// Lists come first in the table. What servers tell, which is most of it, is not read.
  mutating func read(scan: String, folder: String, context: StageContext) throws {
    let rows = try context.reader(Advertisement.self, folder: folder, scope: scan)
    while let row = try rows.next(), row.sourceKind != .peers { take(row, scan: scan) }
    finishScan()
  }

  mutating func take(_ row: Advertisement, scan: String) {
    guard let kind = ListingKind(rawValue: row.sourceKind.rawValue) else { return }
    lists[ListSource(kind: kind, name: row.source), default: ListHistory()].take(row, scan: scan)
  }

  mutating func finishScan() {
    for list in lists.keys { lists[list]?.finishState() }
  }

  func lifetimes() -> [ListingLifetime] { lists.flatMap { $1.lifetimes($0) } }

  func survival() throws -> [ListingSurvival] { try lists.flatMap { try $1.survival($0) } }

  /// Writes both tables.
  func write(_ context: StageContext) throws {
    try context.write(lifetimes())
    try context.write(try survival())
  }
}
