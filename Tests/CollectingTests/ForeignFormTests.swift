import Artifact
import Collecting
import Foundation
import Records
import StageKit
import TestSupport
import Testing

/// Forms in which other programs write a scan.
struct ForeignFormTests {
  private static let certificate =
    "MIHYMIGLoAMCAQICAxI0VjAFBgMrZXAwFTETMBEGA1UEAwwKZWQuZXhhbXBsZTAeFw0yNjAxMDEw"
    + "MDAwMDBaFw0zNjAxMDEwMDAwMDBaMBUxEzARBgNVBAMMCmVkLmV4YW1wbGUwKjAFBgMrZXADIQBO"
    + "DdjqERj9cUPFywtjoKEHZxMhar4WZF4EJ8itpjLjzzAFBgMrZXADQQDOU568xZ3D0GDg067AsCIe"
    + "GUlM1E/yRd2afEmFikUJfUCEqhRAY+JuzsY2f6HhmAGjTtV1waFfhg9hOI2FGVgJ"

  private static func imported(
    _ bytes: [UInt8], name: String = "scan.jsonl", rejects: String? = nil
  ) async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try Data(bytes).write(to: URL(fileURLWithPath: folder.file(name)))
    let output = try await ImportRun.run(folder.file(name), rejects: rejects)
    withExtendedLifetime(folder) {}
    return output
  }

  /// What the program says where it takes nothing.
  private static func refused(
    _ bytes: [UInt8], name: String, _ options: [String] = []
  ) throws -> String {
    let folder = try TemporaryFolder()
    try Data(bytes).write(to: URL(fileURLWithPath: folder.file(name)))
    let result = try Program("collect").run(
      ["import", folder.file(name), "--output", folder.file("raw"), "--quiet"] + options)
    #expect(result.exitCode == 65)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("raw")) == [])
    return result.errors
  }

  private static func row(certificate: String) -> [UInt8] {
    let text = JSONValue.string(certificate).canonicalText
    return Array(#"{"host":"a.example","transport":"ssl","certificate_der":\#(text)}"#.utf8)
  }

  @Test(arguments: [#"50002"#, #""50002""#, #"50002.0"#, #""s50002""#, #"":50002""#, #"" 50002 ""#])
  func `a port is the same port as a number and as a text`(port: String) async throws {
    let folder = try await ImportRun.run(text: #"{"host":"203.0.113.1","port":\#(port)}"#)
    #expect(try ImportRun.rows(Connection.self, folder).map(\.port) == [50002])
    let list = try await ImportRun.run(
      text: #"{"a.example":{"s":\#(port)}}"#, name: "servers.json", format: .servers)
    #expect(try ImportRun.rows(Listing.self, list).map(\.features) == [["s50002"]])
  }

  @Test(arguments: [
    ("[2600:1f18::7]", "2600:1f18::7"), ("2600:1F18:0::7", "2600:1f18::7"),
    ("A.Example.", "a.example"), ("203.0.113.7.", "203.0.113.7"),
  ]) func `brackets, upper case and a final dot change no place`(text: String, host: String)
    async throws
  {
    let folder = try await ImportRun.run(text: #"{"host":"\#(text)"}"#)
    #expect(try ImportRun.rows(Connection.self, folder).map(\.host) == [host])
  }

  @Test func `a byte order mark is passed over`() async throws {
    let mark: [UInt8] = [0xef, 0xbb, 0xbf]
    let row = Array("{\"host\":\"a.example\"}\r\n".utf8)
    #expect(try ImportRun.rows(Connection.self, await Self.imported(mark + row)).count == 1)
    // Files that were put one behind the other have a mark in the middle.
    let two = try await Self.imported(mark + row + mark + row)
    #expect(try ImportRun.rows(Connection.self, two).count == 2)
    let list = mark + Array(#"{"a.example":{"t":"50001"}}"#.utf8)
    #expect(try ImportRun.rows(Listing.self, await Self.imported(list)).count == 1)
  }

  @Test(arguments: [
    (String.Encoding.utf16, "UTF-16"), (.utf16LittleEndian, "UTF-16"), (.utf16BigEndian, "UTF-16"),
    (.utf32, "UTF-32"),
  ]) func `another encoding is named`(encoding: String.Encoding, name: String) throws {
    let bytes = try #require("{\"host\":\"a.example\"}\n".data(using: encoding))
    let errors = try Self.refused(Array(bytes), name: "scan.jsonl")
    #expect(errors.contains("UTF-8") && errors.contains(name))
  }

  private static let wrapped = stride(from: 0, to: certificate.count, by: 64).map {
    certificate.dropFirst($0).prefix(64) + "\r\n"
  }.joined()

  private static let hexadecimal = Data(base64Encoded: certificate)?.map { byte in
    String(format: "%02X", byte)
  }.joined()

  @Test(arguments: [
    certificate, certificate.replacing("=", with: ""),
    certificate.replacing("+", with: "-").replacing("/", with: "_"), wrapped,
    "subject=CN = ed.example\n-----BEGIN CERTIFICATE-----\n\(certificate)\n-----END CERTIFICATE-----\n",
    hexadecimal ?? "",
  ]) func `a certificate is the same in base64 of any kind, in PEM and in hexadecimal digits`(
    text: String
  ) async throws {
    let folder = try await Self.imported(Self.row(certificate: text))
    let evidence = try ImportRun.rows(CertificateEvidence.self, folder)
    #expect(evidence.map(\.derBase64) == [Self.certificate])
  }

  @Test func `PEM holds a whole chain`() async throws {
    let block = "-----BEGIN CERTIFICATE-----\n\(Self.certificate)\n-----END CERTIFICATE-----\n"
    let folder = try await Self.imported(Self.row(certificate: block + block))
    let row = try #require(try ImportRun.rows(Connection.self, folder).first)
    #expect(row.tls?.chain.count == 2)
  }

  @Test func `a certificate that OpenSSL refuses is kept by its digest`() async throws {
    let unreadable = Data([0x30, 0x03, 0x02, 0x01, 0x05]).base64EncodedString()
    let folder = try await Self.imported(Self.row(certificate: unreadable))
    #expect(try ImportRun.rows(CertificateEvidence.self, folder).map(\.derBase64) == [unreadable])
    #expect(try ImportRun.rows(Connection.self, folder).first?.tls?.chain.count == 1)
  }

  @Test func `half of a surrogate pair stays in the evidence, and no text stands for it`()
    async throws
  {
    let banner = #""caf\udce9 \ud83d\u0041 \ud83d\ude00""#
    let folder = try await ImportRun.run(
      text: #"{"host":"a.example"}"# + "\n" + #"{"host":"b.example","banner":\#(banner)}"#)
    let row = try #require(try ImportRun.rows(Connection.self, folder).last)
    #expect(row.outcome == .answered)
    #expect(row.received.first?.data == #"{"id":0,"result":\#(banner)}"# + "\n")
    let raw = try await Self.imported(
      Array(#"{"host":"b.example","banner":"caf"#.utf8) + [0xe9] + Array(#""}"#.utf8))
    let chunk = try #require(try ImportRun.rows(Connection.self, raw).first?.received.first)
    #expect(chunk.data == nil && chunk.dataBase64 != nil)
  }

  @Test func `rows that can be read are taken, and the others told with their reasons`()
    async throws
  {
    let folder = try TemporaryFolder()
    let text = """
      {"host":"203.0.113.1"}
      {"host":"203.0.113.2","port":"many"}
      {"host":
      {"host":"203.0.113.4","asked_at":"1601-01-01T00:00:00Z"}
      {"host":"203.0.113.5"}
      """
    let output = try await Self.imported(
      Array(text.utf8), rejects: folder.file("rejects.jsonl"))
    #expect(
      try ImportRun.rows(Connection.self, output).map(\.host) == ["203.0.113.1", "203.0.113.5"])
    let lines = try String(contentsOfFile: folder.file("rejects.jsonl"), encoding: .utf8)
      .split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) }
    #expect(lines.map { $0["row"] } == [.integer(2), .integer(3), .integer(4)])
    #expect(
      lines.map { $0["column"] } == [.string("port"), .string("(whole)"), .string("asked_at")])
    for line in lines {
      for key in ["file", "expected", "found"] {
        guard case .string(let text)? = line[key] else { Issue.record("no \(key)"); continue }
        #expect(!text.isEmpty)
      }
    }
    let observation = try ImportRun.observation(output)
    guard case .object(let counts)? = observation?["rows_rejected"] else {
      Issue.record("no count"); return
    }
    #expect(counts.map(\.1) == [.integer(3)])
    #expect(observation?["rows"]?["scan.jsonl"] == .integer(2))
  }

  @Test func `where no row can be read nothing is imported, and the reasons are there`() throws {
    let folder = try TemporaryFolder()
    let rejects = folder.file("rejects.jsonl")
    let rows = Array("{\"host\":7}\n{\"host\":8}\n".utf8)
    #expect(
      try Self.refused(rows, name: "scan.jsonl", ["--rejects", rejects]).contains("row 1"))
    let text = try String(contentsOfFile: rejects, encoding: .utf8)
    #expect(text.split(separator: "\n").count == 2)
  }

  private static func state(_ day: Int, _ host: String, port: String = "50001") -> String {
    #"{"commit_date":"2020-01-0\#(day)T00:00:00Z","network":"mainnet","host":"\#(host)","#
      + #""tcp_port":\#(port)}"#
  }

  @Test(arguments: [
    state(2, "b.example", port: "\"no port\""),
    #"{"commit_date":"2020-01-02T00:00:00Z","network":"mainnet","host":"b.example","t":}"#,
    #"{"commit_date":"2020-01-02T00:00:00Z","network":"mainnet","host":"b.example",}"#,
    #"{"commit_date":"2020-01-02T00:00:00Z","network":"mainnet","host":"b","host":"b"}"#,
  ]) func `a state with a row that cannot be read is left out alone, and named`(broken: String)
    async throws
  {
    let rows = [
      Self.state(1, "a.example"), Self.state(2, "a.example"), broken, Self.state(3, "a.example"),
    ]
    let folder = try await ImportRun.run(text: rows.joined(separator: "\n"), name: "panel.jsonl")
    #expect(
      try SeriesIndex(folder: folder.path).scans == [
        "20200101T000000Z-imported", "20200103T000000Z-imported",
      ])
    guard case .array(let states)? = try ImportRun.observation(folder)?["states_rejected"],
      case .string(let text)? = states.first
    else { Issue.record("no state is named"); return }
    #expect(states.count == 1)
    #expect(text.hasPrefix("2020-01-02T00:00:00") && text.contains("row 3"))
  }

  @Test func `a row of no date leaves out the states that it may be of`() async throws {
    let rows = [
      Self.state(1, "a.example"), Self.state(2, "a.example"), "{broken",
      Self.state(3, "a.example"), Self.state(4, "a.example"),
    ]
    let folder = try await ImportRun.run(text: rows.joined(separator: "\n"), name: "panel.jsonl")
    #expect(
      try SeriesIndex(folder: folder.path).scans == [
        "20200101T000000Z-imported", "20200104T000000Z-imported",
      ])
  }

  @Test func `another list's state of that date stays, and another network's row breaks nothing`()
    async throws
  {
    let other = Self.state(2, "b.example").dropLast() + #","list":"other"}"#
    let bad = Self.state(2, "b.example", port: "0").dropLast() + #","list":"other"}"#
    let elsewhere = Self.state(2, "t.example", port: "0").replacing("mainnet", with: "testnet3")
    let folder = try await ImportRun.run(
      text: [Self.state(2, "a.example"), String(other), String(bad), elsewhere]
        .joined(separator: "\n"), name: "panel.jsonl")
    #expect(try ImportRun.rows(Listing.self, folder).map(\.source) == ["servers.json"])
  }

  @Test(arguments: [
    "{\n\"KMD\": {\n\"a.example\": {\"t\": \"10001\"}}}",
    #"{"mainnet":[{"host":"a.example"}],"testnet":[]}"#,
    #"{"BTC":{"a.example":{"t":"50001"}}}"#,
  ]) func `a list by coin or network is told as one, and no coin becomes a host`(text: String)
    throws
  {
    let errors = try Self.refused(Array(text.utf8), name: "servers.json")
    #expect(errors.contains("by coin or by network") && !errors.contains("rename"))
  }
}
