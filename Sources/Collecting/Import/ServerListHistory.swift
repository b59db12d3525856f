import Artifact
import ElectrumProtocol
import Foundation
import Records
import StageKit
import Timekeeping

/// The states of wallets' lists over time (`history`): one row a host and state.
///
/// Every state becomes a scan of its own, named by its date, that lists servers and contacts none.
/// States of several lists that have one date are one scan.
struct ServerListHistory: ImportSource {
  static let fields = [
    "commit_date", "network", "host", "tcp_port", "ssl_port", "version", "pruning", "mainline",
    "list", "source_repo",
  ]
  /// Known and not taken: where the state came from, and the row in other words.
  static let furtherFields = [
    "author_date", "commit", "host_lower", "other", "path", "snapshot", "is_onion",
  ]

  let format = ImportFormat.history
  private let path: String
  private let network: BitcoinNetwork
  private var states: [UTCTime: ListingTally] = [:]
  private var rowCounts: [UTCTime: Int] = [:]
  private var otherNetworks = 0
  private var besideMainline = 0

  init(path: String, network: BitcoinNetwork) {
    self.path = path
    self.network = network
  }

  mutating func read(_ workspace: String) throws -> [ImportedScan] {
    let file = try ForeignFile(path)
    var reader = JSONLinesReader(file)
    while let row = try reader.next() { try take(row) }
    guard !states.isEmpty else { throw reader.nothing("a row of \(network.rawValue)") }
    let source = file.source()
    return states.keys.sorted().map { scan(of: $0, source) }
  }

  private mutating func take(_ row: ForeignRow) throws(StageError) {
    try row.requireKnown(Self.fields + Self.furtherFields, ownPrefix: HostRow.ownPrefix)
    guard let date = try row.optionalTime("commit_date") else {
      throw row.bad("commit_date", ForeignRow.timeForm, nil)
    }
    let time = UTCTime(microseconds: date.microseconds / 1_000_000 * 1_000_000)
    let isMainline = try row.optionalBoolean("mainline") ?? true
    let server = ListedServer(
      host: try row.text("host"), tcpPort: try row.optionalListedPort("tcp_port"),
      sslPort: try row.optionalListedPort("ssl_port"),
      version: try row.optionalText("version"), pruning: try row.optionalText("pruning"))
    let names = [try row.optionalText("list"), try row.optionalText("source_repo")]
    let list = names.compactMap { $0 }.first { !$0.isEmpty } ?? ServerListFile.source
    // A network that this program does not know is another one.
    if try row.text("network") != network.rawValue {
      otherNetworks += 1
    } else if !isMainline {
      besideMainline += 1
    } else {
      states[time, default: ListingTally()].count(server.listing(in: list, heardAt: time))
      rowCounts[time, default: 0] += 1
    }
  }

  private func scan(of time: UTCTime, _ source: Manifest.Source) -> ImportedScan {
    var scan = ImportedScan(sources: [source])
    scan.startedAt = time
    scan.listings = states[time]?.all ?? []
    scan.network = network
    scan.notAsked = ["every server: the list only names them"]
    scan.leftOut = Self.furtherFields.sorted()
    scan.rows = [source.name: rowCounts[time] ?? 0]
    scan.particulars.rowsLeftOut = [
      "beside_mainline": besideMainline, "other_networks": otherNetworks,
    ]
    return scan
  }
}
