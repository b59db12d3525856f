import Artifact
import ElectrumProtocol
import Foundation
import Records
import StageKit
import Timekeeping

/// A wallet's list of servers (`servers`), as Electrum has it: one object, by host
/// `{"t": port, "s": port, "version": text, "pruning": text}`.
struct ServerListFile: ImportSource {
  /// Name of the list, in listings.
  static let source = "servers.json"

  let format = ImportFormat.servers
  private let path: String
  private let network: BitcoinNetwork

  init(path: String, network: BitcoinNetwork) {
    self.path = path
    self.network = network
  }

  mutating func read(_ workspace: String, _ rejected: RejectedRows) throws -> [ImportedScan] {
    let file = try ForeignFile(path)
    let servers = try servers(file)
    try refuseNested(servers)
    var listings = ListingTally()
    var rows = 0
    for (index, (host, value)) in servers.enumerated() {
      do throws(RowError) {
        let row = ForeignRow(value: value, file: path, number: index + 1)
        let fields = try row.read(ListedServer.self)
        listings.count(fields.listing(of: host, in: Self.source, heardAt: nil))
        rows += 1
      } catch {
        try rejected.take(error)
      }
    }
    if rows == 0, let error = rejected.first { throw error.stageError }
    var scan = ImportedScan(sources: [file.source()])
    scan.listings = listings.all
    scan.network = network
    scan.notAsked = ["every server: the list only names them"]
    scan.leftOut = ListedServer.formerFields
    scan.rows = [file.name: rows]
    return [scan]
  }

  /// A list by coin or by network is not one by host: its coins would become hosts.
  private func refuseNested(_ servers: [(String, JSONValue)]) throws(StageError) {
    guard let (name, kind) = servers.lazy.compactMap({ Self.nesting($0) }).first else { return }
    throw StageError(
      .badInput, place: path, expected: "a list by host: {\"a.example\": {\"t\": 50001}}",
      found: "\(kind) under \"\(EscapedText.escape(name))\": a list by coin or by network",
      remedy: "write the servers of one network by host, or as jsonl; "
        + "the article Foreign-Scans has the formats")
  }

  private static func nesting(_ member: (String, JSONValue)) -> (String, String)? {
    switch member.1 {
    case .array: return (member.0, "a list")
    case .object(let members):
      let isNested = members.contains { $0.1.isObject }
      return isNested ? (member.0, "an object of objects") : nil
    case .null, .boolean, .integer, .number, .string: return nil
    }
  }

  private func servers(_ file: ForeignFile) throws(StageError) -> [(String, JSONValue)] {
    var bytes: [UInt8] = []
    while let chunk = try file.next() {
      bytes += chunk
      guard bytes.count <= JSONLinesReader.lineLimit else {
        throw bad("at most \(JSONLinesReader.lineLimit) bytes", "more")
      }
    }
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONValue(parsing: bytes)
    } catch {
      throw StageError(error, .badInput, in: path)
    }
    if case .object(let members) = value, !members.isEmpty { return members }
    throw bad("an object with a server or more", value.kind)
  }

  private func bad(_ expected: String, _ found: String) -> StageError {
    StageError(
      .badInput, place: path, expected: expected, found: found, remedy: "correct the file")
  }
}

/// One server of a wallet's list.
struct ListedServer: FieldObject {
  /// HTTP transports of 2012, which nothing speaks any more.
  static let formerFields = ["g", "h"]

  var tcpPort: ListedPort?
  var sslPort: ListedPort?
  var version: String?
  var pruning: String?
  private var former: JSONValue?

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.field("t", &tcpPort, .listedPort, "Port of plain text.")
    f.field("s", &sslPort, .listedPort, "Port of TLS.")
    f.field("version", &version, .nullable(.foreignText), "As listed.")
    f.field("pruning", &pruning, .nullable(.foreignText), "As listed.")
    for name in Self.formerFields { f.field(name, &former, .anything, "Not taken.") }
  }

  /// In the form of a peer tuple: version, pruning and ports as letters.
  func listing(of host: String, in list: String, heardAt: UTCTime?) -> Listing {
    let features = [
      version.map { "v\($0)" }, pruning.map { "p\($0)" }, sslPort.map { "s\($0.digits)" },
      tcpPort.map { "t\($0.digits)" },
    ]
    return Listing(address: host, host: host, source: list, sourceKind: .import).with {
      $0.count = 1
      $0.features = features.compactMap { $0 }
      $0.heardAt = heardAt?.text
    }
  }
}
