import Artifact
import Collecting
import Foundation
import Records
import StageKit
import TestSupport
import Testing

struct ServerListImportTests {
  private let history = [
    ("2020-01-02T00:00:00+01:00", "mainnet", "a.example", true),
    ("2020-01-02T00:00:00+01:00", "mainnet", "b.example", true),
    ("2020-05-01T00:00:00Z", "mainnet", "a.example", true),
    ("2020-06-01T00:00:00Z", "mainnet", "c.example", false),
    ("2020-05-01T00:00:00Z", "mutinynet", "d.example", true),
    ("2020-07-01T00:00:00Z", "testnet3", "e.example", true),
  ].map {
    #"{"commit_date":"\#($0)","network":"\#($1)","host":"\#($2)","tcp_port":50001,"#
      + #""ssl_port":null,"version":"1.4","pruning":"-","mainline":\#($3),"commit":"c"}"#
  }.joined(separator: "\n")

  @Test func `every state of a list becomes a scan of its date that contacts nobody`() async throws
  {
    let folder = try await ImportRun.run(text: history, name: "panel.jsonl")
    #expect(
      try SeriesIndex(folder: folder.path).scans == [
        "20200101T230000Z-imported", "20200501T000000Z-imported",
      ])
    let first = try ImportRun.rows(Listing.self, folder)
    #expect(first.map(\.host) == ["a.example", "b.example"])
    #expect(first[0].features == ["v1.4", "p-", "t50001"])
    #expect(first[0].heardAt == "2020-01-01T23:00:00.000000Z")
    #expect(try ImportRun.rows(Listing.self, folder, scan: 1).map(\.host) == ["a.example"])
    #expect(try ImportRun.rows(Connection.self, folder).isEmpty)
    let observation = try ImportRun.observation(folder)
    #expect(observation?["rows_left_out"]?["other_networks"] == .integer(2))
    #expect(observation?["rows_left_out"]?["beside_mainline"] == .integer(1))
    #expect(observation?["replies"] == .string("none"))
  }

  @Test func `another network's states are taken where the parameters say so`() async throws {
    let folder = try await ImportRun.run(
      text: history, parameters: #"{"network":"testnet3"}"#)
    #expect(try ImportRun.rows(Listing.self, folder).map(\.host) == ["e.example"])
  }

  @Test func `lists of one date are one scan, each by its name, and a usual port stays one`()
    async throws
  {
    let text = [
      (#""list":"alpha","source_repo":"r""#, "50001"),
      (#""source_repo":"beta/wallet""#, #""default""#),
      (#""list":"""#, "null"),
    ].map {
      #"{"commit_date":"2020-01-02T00:00:00Z","network":"mainnet","host":"a.example","tcp_port":\#($0.1),\#($0.0)}"#
    }.joined(separator: "\n")
    let folder = try await ImportRun.run(text: text)
    #expect(try SeriesIndex(folder: folder.path).scans.count == 1)
    let listings = try ImportRun.rows(Listing.self, folder)
    #expect(listings.map(\.source) == ["alpha", "beta/wallet", "servers.json"])
    #expect(listings.map(\.features) == [["t50001"], ["t"], []])
  }

  @Test func `a wallet's list of servers is one scan without a time`() async throws {
    let text = """
      {
          "a.example": {"pruning": "-", "s": "50002", "t": "50001", "version": "1.4"},
          "b.onion": {"t": 50001, "g": "443"}
      }
      """
    for text in [text, text.replacingOccurrences(of: "\n", with: " ")] {
      let folder = try await ImportRun.run(text: text, name: "servers.json")
      let listings = try ImportRun.rows(Listing.self, folder)
      #expect(listings.map(\.features) == [["v1.4", "p-", "s50002", "t50001"], ["t50001"]])
      #expect(listings.map(\.heardAt) == [nil, nil])
      #expect(try SeriesIndex(folder: folder.path).scans.first?.hasPrefix("servers-") == true)
    }
  }

  @Test(arguments: [
    (#"{"a.example":{"t":"many"}}"#, "field t"), (#"{"a.example":{"q":"1"}}"#, "field q"),
    ("{\n\"a.example\":", "line 2"), ("{\"a.example\":7,\n\"b\":{}}", "row 1"),
    (#"{"commit_date":"2020","network":"mainnet","host":"a"}"#, "field commit_date"),
    (#"{"commit_date":"2020-01-01T00:00:00Z","host":"a"}"#, "field network"),
    (#"{"commit_date":"2020-01-01T00:00:00Z","network":"signet","host":"a"}"#, "mainnet"),
    (#"{"commit_date":"2020-01-01T00:00:00Z","network":"mainnet","host":7}"#, "field host"),
    (
      #"{"commit_date":"2020-01-01T00:00:00Z","network":"mainnet","host":"a","tcp_port":"usual"}"#,
      "a port, 1 to 65535, default or null"
    ),
  ]) func `a broken list is refused by name and nothing is left`(text: String, message: String)
    throws
  {
    let folder = try TemporaryFolder()
    try text.write(toFile: folder.file("list.json"), atomically: true, encoding: .utf8)
    let result = try Program("collect").run([
      "import", folder.file("list.json"), "--output", folder.file("raw"), "--quiet",
    ])
    #expect(result.exitCode == 65)
    #expect(result.errors.contains("list.json") && result.errors.contains(message))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("raw")) == [])
  }

  @Test func `no scan appears where one of them is there already`() async throws {
    let folder = try await ImportRun.run(text: history)
    let source = try TemporaryFolder()
    let file = source.file("panel.jsonl")
    let early =
      history + "\n" + history.prefix { $0 != "\n" }.replacing("2020-01-02", with: "2019-01-02")
    try early.write(toFile: file, atomically: true, encoding: .utf8)
    let result = try Program("collect").run(["import", file, "--output", folder.path, "--quiet"])
    #expect(result.exitCode == 73)
    #expect(try SeriesIndex(folder: folder.path).scans.count == 2)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(!names.contains { $0.hasPrefix("2019") || $0.hasPrefix(".partial") })
  }

  @Test(.enabled(if: Shared.exists, "the folder of shared data is not there"))
  func `the history of Electrum's servers is 66 states and 257 hosts, 30 of them onion`()
    async throws
  {
    let folder = try await ImportRun.run(
      Shared.path("data/server-lists/electrum_default_servers_panel.jsonl.gz"))
    let scans = try SeriesIndex(folder: folder.path).scans
    #expect(scans.count == 66)
    #expect(scans.first == "20111202T154138Z-imported")
    #expect(scans.last == "20260310T172818Z-imported")
    var hosts: Set<String> = []
    for number in scans.indices {
      for row in try ImportRun.rows(Listing.self, folder, scan: number) {
        hosts.insert(row.host.lowercased())
      }
    }
    #expect(hosts.count == 257)
    #expect(hosts.count { $0.hasSuffix(".onion") } == 30)
  }

  @Test(.enabled(if: Shared.exists, "the folder of shared data is not there"))
  func `the histories of twelve repositories' lists are lists of their own`() async throws {
    let folder = try await ImportRun.run(
      Shared.path("data/server-lists/hardcoded_servers_bitcoin.jsonl.gz"))
    var states: [String: Int] = [:]
    let scans = try SeriesIndex(folder: folder.path).scans
    for number in scans.indices {
      for source in Set(try ImportRun.rows(Listing.self, folder, scan: number).map(\.source)) {
        states[source, default: 0] += 1
      }
    }
    #expect(scans.count == 107 && states.count == 12)
    #expect(states["spesmilo/electrumx"] == 34 && states["BlueWallet/BlueWallet"] == 29)
  }
}
