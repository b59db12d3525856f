import Artifact
import Foundation
import Normalizing
import Records
import TestSupport
import Testing

/// Untrusted text is exact in JSONL and harmless in CSV.
struct UntrustedTextTests {
  /// Formulae, controls, marks that turn the reading order, separators of lines, cells and lists.
  static let hostile = [
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1\n",
    "a,b\"c\";d;\\e\\u0041\\=", "\0nul\0", "\u{1B}[2J\u{9B}31m\u{7F}", "\u{202E}gpj.exe\u{2066}",
    "\u{FEFF}\u{200B}\u{AD}", "\u{2028}line\u{2029}\u{85}end", "tag\u{E0041}", "e\u{301} \u{E9}",
    "<script>alert(1)</script>", "\u{FFFD}\u{FFFE}\u{10FFFF}", " \u{A0}", "1e400", "NA", "null",
  ]

  private func normalized(_ banner: String, donation: String = #""x""#) throws -> Normalized {
    try Normalized([
      RawScan(
        "a",
        [
          .answered(
            "9.9.9.9",
            replies: [("server.banner", banner), ("server.donation_address", donation)])
        ])
    ])
  }

  private func same(_ a: String?, _ b: String) -> Bool {
    a?.unicodeScalars.elementsEqual(b.unicodeScalars) == true
  }

  @Test(arguments: hostile) func `each scalar of a text is kept in JSONL, by another reader's word`(
    text: String
  ) throws {
    let reply = JSONValue.string(text).canonicalText
    let rows = try normalized(reply, donation: reply).rows(ServerText.self)
    #expect(rows.map(\.kind) == [.banner, .donationAddress, .serverVersion])
    for row in rows.prefix(2) {
      #expect(same(row.text, text))
      #expect(row.lineBase64 == nil)
      let line = RowEncoder.text(of: row)
      #expect(line.unicodeScalars.count { $0 == "\n" } == 1)
      let read = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      // Foundation's reader drops a byte-order mark at the beginning of a text.
      if text.unicodeScalars.first != "\u{FEFF}" {
        #expect(same(read?["text"] as? String, text))
      }
    }
  }

  @Test(arguments: hostile) func `no cell acts, and each gives back what was sent`(text: String)
    throws
  {
    let reply = JSONValue.string(text).canonicalText
    let normalized = try normalized(reply, donation: reply)
    let server = try #require(try normalized.rows(Server.self).first)
    #expect(same(server.banner, text) && same(server.donationAddress, text))
    let rows =
      [RowEncoder.text(of: server)]
      + (try normalized.rows(Contact.self)).map { RowEncoder.text(of: $0) }
    for row in rows {
      #expect(!row.dropLast().unicodeScalars.contains { EscapedText.isUnsafe($0.value) })
      for cell in Self.cells(row) {
        #expect(!["=", "+", "-", "@"].contains(cell.prefix(1)), "\(cell)")
      }
    }
    let cells = Self.cells(rows[0])
    let index = try #require(Server.schema.columns.firstIndex { $0.name == "banner" })
    #expect(cells.count == Server.schema.columns.count)
    #expect(same(EscapedText.unescape(cells[index]), text))
  }

  /// RFC 4180 in a few lines of our own. Cells of latitude and longitude are empty here.
  private static func cells(_ row: String) -> [String] {
    var cells: [String] = []
    var isQuoted = false
    var cell = ""
    for scalar in row.unicodeScalars.dropLast() {
      if scalar == ",", !isQuoted {
        cells.append(unquoted(cell))
        cell = ""
      } else {
        if scalar == "\"" { isQuoted.toggle() }
        cell.unicodeScalars.append(scalar)
      }
    }
    return cells + [unquoted(cell)]
  }

  private static func unquoted(_ cell: String) -> String {
    guard cell.hasPrefix("\"") else { return cell }
    return String(cell.dropFirst().dropLast()).replacing("\"\"", with: "\"")
  }

  @Test func `bytes that are no text, and half a surrogate pair, are kept with their whole line`()
    throws
  {
    let sent: [[UInt8]] = [
      [0xC0, 0xAF, 0x80, 0xED, 0xA0, 0x80, 0xFF], Array(#"a\ud800b"#.utf8), [0xE9],
    ]
    for bytes in sent {
      let line =
        Array(#"{"id":1,"jsonrpc":"2.0","result":"hi "#.utf8) + bytes + Array("\"}\n".utf8)
      var connection = Connection.answered("9.9.9.9", replies: [("server.banner", #""""#)])
      connection.received[1] = Chunk().with {
        $0.atMicroseconds = 4000
        $0.dataBase64 = Data(line).base64EncodedString()
      }
      let rows = try Normalized([RawScan("a", [connection])]).rows(ServerText.self)
      #expect(rows.map(\.kind) == [.banner, .serverVersion])
      #expect(rows[0].text.hasPrefix("hi ") && rows[0].text.contains("\u{FFFD}"))
      #expect(rows[0].lineBase64.flatMap { Data(base64Encoded: $0) } == Data(line))
      #expect(rows[1].lineBase64 == nil)
    }
  }

  @Test func `a control code that JSON forbids in a text is kept in it`() throws {
    let rows = try normalized("\"a\u{1}\u{0}\tb\"").rows(ServerText.self)
    #expect(same(rows.first?.text, "a\u{1}\u{0}\tb"))
    #expect(rows.first?.lineBase64 == nil)
  }

  @Test func `a later banner that is exact takes the place of one that was not, line and all`()
    throws
  {
    let replies = [("server.banner", #""a\udfffb""#), ("server.banner", #""plain""#)]
    let scan = RawScan("a", [.answered("9.9.9.9", replies: replies)])
    let rows = try Normalized([scan]).rows(ServerText.self)
    #expect(rows.first?.text == "plain")
    #expect(rows.first?.lineBase64 == nil)
  }
}
