import Artifact
import Collecting
import Foundation
import Records
import StageKit
import TestSupport
import Testing

struct HostRowsTests {
  private let full =
    #"{"host":"A.example","address":"203.0.113.7","port":50002,"transport":"ssl","#
    + #""asked_at":"2026-01-02T04:04:05.25+01:00","outcome":"answered","#
    + #""server_version":["ElectrumX 1.16.0","1.4"],"banner":"hi\nthere","donation_address":"","#
    + #""features":{"genesis_hash":"000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f","#
    + #""hosts":{"a.example":{"ssl_port":50002}},"protocol_max":"1.4.2","pruning":null},"#
    + #""peers":[["203.0.113.9","b.example",["v1.4","s"]]]}"#

  @Test func `a host with its answers becomes a connection with replies by value`() async throws {
    let folder = try await ImportRun.run(text: full)
    #expect(try SeriesIndex(folder: folder.path).scans == ["20260102T030405Z-imported"])
    let row = try #require(try ImportRun.rows(Connection.self, folder).first)
    #expect(row.host == "a.example" && row.address == "203.0.113.7" && row.port == 50002)
    #expect(row.startedAt == "2026-01-02T03:04:05.250000Z" && row.attempt == 1)
    #expect(row.outcome == .answered && row.durationMicroseconds == nil)
    #expect(row.exchanges.map(\.outcome) == Array(repeating: .answered, count: 5))
    #expect(row.exchanges.map(\.line) == [0, 1, 2, 3, 4])
    #expect(row.sent.isEmpty && row.bytesReceived == 0)
    #expect(
      try ImportRun.rows(NameResolution.self, folder)
        == [
          NameResolution(name: "a.example", outcome: .answered).with {
            $0.addresses = ["203.0.113.7"]
          }
        ])
    let listing = try #require(try ImportRun.rows(Listing.self, folder).first)
    #expect(listing.source == "jsonl:hosts" && listing.features == ["s50002"])
    let observation = try ImportRun.observation(folder)
    #expect(observation?["replies"] == .string("values"))
    #expect(observation?["imported"] == .boolean(true))
  }

  @Test func `what a row does not say stays untested, and what is assumed is counted`() async throws
  {
    let folder = try await ImportRun.run(
      text: "{\"host\":\"203.0.113.1\"}\n\n"
        + "{\"host\":\"203.0.113.2\",\"banner\":\"x\",\"port\":50002.0,\"features\":null}\n"
        + "{\"host\":\"gone.example\",\"outcome\":\"resolve.failed\",\"x_note\":[1]}\n")
    let rows = try ImportRun.rows(Connection.self, folder)
    #expect(rows.map(\.outcome) == [.untestedNotImported, .answered, .resolveFailed])
    #expect(rows.map(\.port) == [50001, 50002, 50001])
    #expect(rows.map(\.transport) == [.tcp, .ssl, .tcp])
    #expect(rows[0].exchanges.isEmpty)
    #expect(
      rows[1].exchanges.map(\.outcome) == [
        .untestedNotImported, .untestedNotImported, .answered, .untestedNotImported,
        .untestedNotImported,
      ])
    #expect(try ImportRun.rows(Listing.self, folder).map(\.features) == [["t"], ["s50002"], ["t"]])
    #expect(try ImportRun.rows(NameResolution.self, folder).map(\.outcome) == [.resolveFailed])
    let observation = try ImportRun.observation(folder)
    #expect(observation?["assumed"]?["port"] == .integer(2))
    #expect(observation?["left_out"] == .array([.string("x_note")]))
    #expect(observation?["started_at"] == .null)
  }

  @Test func `attempts at one endpoint are numbered by their time, whatever the rows' order`()
    async throws
  {
    let rows = (1...3).map {
      #"{"host":"203.0.113.1","asked_at":"2026-01-0\#($0)T00:00:00Z","banner":"\#($0)"}"#
    }
    let one = try await ImportRun.run(text: rows.joined(separator: "\n"))
    let other = try await ImportRun.run(text: rows.reversed().joined(separator: "\r\n"))
    let attempts = try ImportRun.rows(Connection.self, one)
    #expect(attempts.map(\.attempt) == [1, 2, 3])
    #expect(
      attempts.map { $0.startedAt?.prefix(10) } == ["2026-01-01", "2026-01-02", "2026-01-03"])
    #expect(try ImportRun.rows(Connection.self, other) == attempts)
    #expect(try ImportRun.rows(Listing.self, one).map(\.count) == [3])
  }

  @Test(arguments: [
    (#"{"address":"203.0.113.1"}"#, "field host"), (#"{"host":"not a name"}"#, "field host"),
    (#"{"host":"a.example","adress":"203.0.113.1"}"#, "field adress"),
    (#"{"host":"a.example","address":"a.example"}"#, "field address"),
    (#"{"host":"203.0.113.1","address":"203.0.113.2"}"#, "field address"),
    (#"{"host":"a.example","port":"many"}"#, "field port"),
    (#"{"host":"a.example","port":70000}"#, "field port"),
    (#"{"host":"a.example","port":1.5}"#, "field port"),
    (#"{"host":"a.example","transport":"tls"}"#, "field transport"),
    (#"{"host":"a.example","asked_at":"2026-01-02T03:04:05"}"#, "field asked_at"),
    (#"{"host":"a.example","asked_at":"2026-02-30T03:04:05Z"}"#, "field asked_at"),
    (#"{"host":"a.example","asked_at":1767323045}"#, "field asked_at"),
    (#"{"host":"a.example","asked_at":"9999-12-31T23:59:59-12:00"}"#, "field asked_at"),
    (#"{"host":"a.example","asked_at":"0000-01-01T00:00:00+12:00"}"#, "field asked_at"),
    (#"{"host":"a.example","asked_at":"0001-01-01T00:00:00Z"}"#, "field asked_at"),
    (#"{"host":"a.example","asked_at":"1969-12-31T23:59:59.5Z"}"#, "field asked_at"),
    (#"{"host":"ssl://a.example:50002"}"#, "place.scheme"),
    (#"{"host":"a.example:50002"}"#, "place.port"),
    (#"{"host":"91.2.3.004"}"#, "place.numeric-name"),
    (#"{"host":"0x5b010203"}"#, "place.numeric-name"),
    (#"{"host":"a\udce9.example"}"#, "field host"),
    (#"{"host":"a.example","certificate_der":"not base64!"}"#, "field certificate_der"),
    (#"{"host":"a.example","outcome":"offline"}"#, "field outcome"),
    (#"{"host":"a.example","outcome":"connect.refused","banner":"x"}"#, "field outcome"),
    (#"{"host":"a.example","outcome":"answered"}"#, "field outcome"),
    (#"{"host":"a.example","server_version":"ElectrumX 1.16.0"}"#, "field server_version"),
    (#"{"host":"a.example","features":[]}"#, "field features"),
    (#"{"host":"a.example","banner":7}"#, "field banner"),
    (#"{"host":"a.example","donation_address":{}}"#, "field donation_address"),
    (#"{"host":"a.example","peers":[["a","b"]]}"#, "field peers"),
    (#"{"host":"a.example","peers":[["a","b",[1]]]}"#, "field peers"),
    (#"{"host":"a.example","certificate_der":"AAAA"}"#, "field certificate_der"),
    ("7", "an object"), ("{", "its byte"), (#"{"host":"a.example","host":"b.example"}"#, "row 2"),
    (#"{"host":"a.example","port":NaN}"#, "row 2"), ("\u{FEFF}{}", "row 2"),
  ]) func `a bad row ends the import by file, row and field, and nothing is left`(
    row: String, message: String
  ) throws {
    let folder = try TemporaryFolder()
    let text = "{\"host\":\"203.0.113.1\"}\n\(row)\n{\"host\":\"203.0.113.3\"}\n"
    try text.write(toFile: folder.file("scan.jsonl"), atomically: true, encoding: .utf8)
    let result = try Program("collect").run([
      "import", folder.file("scan.jsonl"), "--output", folder.file("raw"), "--quiet",
    ])
    #expect(result.exitCode == 65)
    #expect(result.errors.contains("scan.jsonl, row 2") && result.errors.contains(message))
    #expect(result.errors.contains("expected") && result.errors.contains("found"))
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.file("raw"))
    #expect(left == [])
  }

  @Test func `the network of the parameters gives the usual ports`() async throws {
    let folder = try await ImportRun.run(
      text: #"{"host":"203.0.113.1","transport":"wss"}"#, parameters: #"{"network":"testnet4"}"#)
    let row = try #require(try ImportRun.rows(Connection.self, folder).first)
    #expect(row.port == 51002 && row.transport == .wss)
    #expect(try ImportRun.observation(folder)?["network"] == .string("testnet4"))
  }

  @Test func `an empty file is no scan`() async throws {
    await #expect(throws: (any Error).self) {
      try await ImportRun.run(text: "\n \n", format: .jsonl)
    }
    await #expect(throws: (any Error).self) { try await ImportRun.run(text: "") }
  }
}
