import Artifact
import ElectrumProtocol
import Foundation
import Ordering
import Records
import StageKit
import Timekeeping

/// The states of wallets' lists over time (`history`): one row a host and state.
///
/// Every state becomes a scan of its own, named by its date, that lists servers and contacts none.
/// States of several lists that have one date are one scan. A state of which a row cannot be read is
/// left out whole, and named: without that row its hosts would seem to have left the list.
struct ServerListHistory: ImportSource {
  let format = ImportFormat.history
  private let path: String
  private let network: BitcoinNetwork
  private var states: [State: ListingTally] = [:]
  private var rowCounts: [State: Int] = [:]
  private var broken = BrokenStates()
  private var otherNetworks = 0
  private var besideMainline = 0

  init(path: String, network: BitcoinNetwork) {
    self.path = path
    self.network = network
  }

  mutating func read(_ workspace: String, _ rejected: RejectedRows) throws -> [ImportedScan] {
    let file = try ForeignFile(path)
    var reader = JSONLinesReader(file)
    while let line = try reader.next() {
      do throws(RowError) {
        try take(try line.row())
      } catch {
        if isElsewhere(line) {
          otherNetworks += 1
          continue
        }
        try rejected.note(error)
        broken.take(error, time: HistoryRow.time(of: line), list: HistoryRow.list(of: line))
      }
    }
    broken.end()
    let whole = states.filter { !broken.contains($0.key) }
    guard !whole.isEmpty else {
      throw rejected.first?.stageError ?? reader.nothing("a row of \(network.rawValue)")
    }
    let source = file.source()
    let times = Set(whole.keys.map(\.time)).sorted()
    return times.map { time in scan(of: time, whole.filter { $0.key.time == time }, source) }
  }

  private mutating func take(_ row: ForeignRow) throws(RowError) {
    let fields = try row.read(HistoryRow.self)
    // A network that this program does not know is another one.
    if fields.network != network.rawValue {
      otherNetworks += 1
    } else if !(fields.isMainline ?? true) {
      besideMainline += 1
    } else {
      let state = State(time: fields.time, list: fields.listName)
      let listing = fields.server.listing(of: fields.host, in: state.list, heardAt: state.time)
      states[state, default: ListingTally()].count(listing)
      rowCounts[state, default: 0] += 1
      broken.pass(state)
    }
  }

  /// Whether a row that cannot be read says that it is of another network.
  private func isElsewhere(_ line: ForeignLine) -> Bool {
    guard let row = try? line.row(), case .string(let name)? = row.value["network"] else {
      return false
    }
    return name != network.rawValue || row.value["mainline"] == .boolean(false)
  }

  private func scan(
    of time: UTCTime, _ lists: [State: ListingTally], _ source: Manifest.Source
  ) -> ImportedScan {
    var scan = ImportedScan(sources: [source])
    scan.startedAt = time
    scan.listings = lists.values.flatMap(\.all)
    scan.network = network
    scan.notAsked = ["every server: the list only names them"]
    scan.leftOut = HistoryRow.furtherFields.sorted()
    scan.rows = [source.name: lists.keys.reduce(0) { $0 + (rowCounts[$1] ?? 0) }]
    scan.particulars.rowsLeftOut = [
      "beside_mainline": besideMainline, "other_networks": otherNetworks,
    ]
    if !broken.texts.isEmpty { scan.particulars.statesRejected = broken.texts }
    return scan
  }
}

/// One state of one list.
private struct State: Hashable, Comparable {
  let time: UTCTime
  let list: String

  static func < (left: State, right: State) -> Bool {
    (left.time, left.list) < (right.time, right.list)
  }
}

/// States of which a row cannot be read.
private struct BrokenStates {
  /// By time; a nil list is every list of that time.
  private var states: [UTCTime: [(list: String?, error: RowError)]] = [:]
  private var last: State?
  /// A row without a time is of the state before it or of the one behind.
  private var open: RowError?

  mutating func pass(_ state: State) {
    if let open { add(state.time, state.list, open) }
    open = nil
    last = state
  }

  mutating func take(_ error: RowError, time: UTCTime?, list: String?) {
    if let time { return add(time, list, error) }
    if let last { add(last.time, last.list, error) }
    open = error
  }

  mutating func end() { open = nil }

  private mutating func add(_ time: UTCTime, _ list: String?, _ error: RowError) {
    if states[time]?.contains(where: { $0.list == list }) != true {
      states[time, default: []].append((list, error))
    }
  }

  func contains(_ state: State) -> Bool {
    states[state.time]?.contains { $0.list == nil || $0.list == state.list } ?? false
  }

  /// Each with the first of its rows that cannot be read.
  var texts: [String] {
    states.flatMap { time, lists in
      lists.map { list, error in
        "\(time.text) \(EscapedText.escape(list ?? "every list")): row \(error.row), field "
          + "\(error.column): expected \(error.expected), found \(error.found)"
      }
    }.sorted()
  }
}

/// One row of a history.
private struct HistoryRow: FieldObject {
  /// Known and not taken: where the state came from, and the row in other words.
  static let furtherFields = [
    "author_date", "commit", "host_lower", "other", "path", "snapshot", "is_onion",
  ]

  private var date = UTCTime(microseconds: 0)
  var network = ""
  var host = ""
  var server = ListedServer()
  var isMainline: Bool?
  private var list: String?
  private var repository: String?
  private var further: JSONValue?

  init() {}

  /// Rows of one second are one state.
  var time: UTCTime { Self.second(date) }

  var listName: String { Self.name([list, repository]) }

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("commit_date", &date, .foreignTime, "When the state began.")
    f.required("network", &network, .text, "Network of the list.")
    f.required("host", &host, .text, "Name or address as listed.")
    f.field("tcp_port", &server.tcpPort, .listedPort, "As listed.")
    f.field("ssl_port", &server.sslPort, .listedPort, "As listed.")
    f.field("version", &server.version, .nullable(.foreignText), "As listed.")
    f.field("pruning", &server.pruning, .nullable(.foreignText), "As listed.")
    f.field("mainline", &isMainline, .nullable(.flag), "Whether it is of the main history.")
    f.field("list", &list, .nullable(.text), "Name of the list.")
    f.field("source_repo", &repository, .nullable(.text), "Where the list was found.")
    for name in Self.furtherFields { f.field(name, &further, .anything, "Not taken.") }
  }

  /// When the state of a row began that cannot be read; nil: that cannot be read either.
  static func time(of line: ForeignLine) -> UTCTime? {
    text("commit_date", of: line).flatMap { UTCTime(iso8601: $0) }.map(second)
  }

  /// Nil where the row does not tell.
  static func list(of line: ForeignLine) -> String? {
    guard (try? line.row()) != nil else { return nil }
    return name([text("list", of: line), text("source_repo", of: line)])
  }

  private static func second(_ time: UTCTime) -> UTCTime {
    UTCTime(microseconds: time.microseconds / 1_000_000 * 1_000_000)
  }

  private static func name(_ names: [String?]) -> String {
    names.compactMap { $0 }.first { !$0.isEmpty } ?? ServerListFile.source
  }

  /// A text member, also of a line that is no JSON.
  private static func text(_ name: String, of line: ForeignLine) -> String? {
    if let row = try? line.row() {
      if case .string(let text)? = row.value[name] { return text }
      return nil
    }
    let source = String(decoding: line.bytes.prefix(1 << 16), as: UTF8.self)
    guard let key = source.range(of: "\"\(name)\""),
      let open = source[key.upperBound...].firstIndex(of: "\""),
      source[key.upperBound..<open].allSatisfy({ $0 == ":" || $0.isWhitespace })
    else { return nil }
    let rest = source[source.index(after: open)...]
    return rest.firstIndex(of: "\"").map { String(rest[..<$0]) }
  }
}
