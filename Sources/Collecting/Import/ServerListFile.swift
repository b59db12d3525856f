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
  private static let fields = ["t", "s", "version", "pruning"]
  /// HTTP transports of 2012, which nothing speaks any more.
  private static let formerFields = ["g", "h"]

  let format = ImportFormat.servers
  private let path: String
  private let network: BitcoinNetwork

  init(path: String, network: BitcoinNetwork) {
    self.path = path
    self.network = network
  }

  mutating func read(_ workspace: String) throws -> [ImportedScan] {
    let file = try ForeignFile(path)
    let servers = try servers(file)
    var listings = ListingTally()
    for (index, (host, value)) in servers.enumerated() {
      let row = ForeignRow(value: value, file: path, number: index + 1)
      try row.requireObject()
      try row.requireKnown(Self.fields + Self.formerFields, ownPrefix: HostRow.ownPrefix)
      listings.count(
        ListedServer(
          host: host, tcpPort: try row.optionalPort("t", acceptsText: true).map(String.init),
          sslPort: try row.optionalPort("s", acceptsText: true).map(String.init),
          version: try row.optionalText("version"), pruning: try row.optionalText("pruning")
        ).listing(in: Self.source, heardAt: nil))
    }
    var scan = ImportedScan(sources: [file.source()])
    scan.listings = listings.all
    scan.network = network
    scan.notAsked = ["every server: the list only names them"]
    scan.leftOut = Self.formerFields
    scan.rows = [file.name: servers.count]
    return [scan]
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
      throw bad(error.expected, "\(error.found) at line \(error.line), column \(error.column)")
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
struct ListedServer {
  let host: String
  /// Its digits; empty: the network's usual one. nil: none is listed.
  let tcpPort: String?
  let sslPort: String?
  let version: String?
  let pruning: String?

  /// In the form of a peer tuple: version, pruning and ports as letters.
  func listing(in list: String, heardAt: UTCTime?) -> Listing {
    let features = [
      version.map { "v\($0)" }, pruning.map { "p\($0)" }, sslPort.map { "s\($0)" },
      tcpPort.map { "t\($0)" },
    ]
    return Listing(address: host, host: host, source: list, sourceKind: .import).with {
      $0.count = 1
      $0.features = features.compactMap { $0 }
      $0.heardAt = heardAt?.text
    }
  }
}
