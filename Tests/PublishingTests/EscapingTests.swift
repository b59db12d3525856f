import Artifact
import Records
import Testing

@testable import Publishing

/// Everything that servers say arrives as text and stays text.
@Suite struct EscapingTests {
  private static let hostile = "\"\u{301}'><script>alert(1)</script>\u{1b}[31m\u{202e}=cmd|'x'!A1"

  private func page() throws -> Publication {
    let sample = try SampleDataset()
    for scan in sample.servers.indices {
      for index in sample.servers[scan].indices {
        sample.servers[scan][index].names = [Self.hostile]
        sample.servers[scan][index].verifiedNames = [Self.hostile]
        sample.servers[scan][index].banner = Self.hostile
        sample.servers[scan][index].geography.asName = Self.hostile
        if sample.servers[scan][index].software != nil {
          sample.servers[scan][index].software = Self.hostile
          sample.servers[scan][index].softwareVersion = Self.hostile
          sample.servers[scan][index].protocolMin = Self.hostile
          sample.servers[scan][index].protocolNegotiated = Self.hostile
        }
      }
    }
    for index in sample.sharedValues.indices {
      sample.sharedValues[index].value = Self.hostile + "\(index)"
    }
    for index in sample.indicators.indices { sample.indicators[index].evidence = Self.hostile }
    for index in sample.advertisements.indices {
      sample.advertisements[index].host = Self.hostile + "\(index)"
    }
    return try sample.publish()
  }

  @Test
  func `a banner with markup, a terminal escape and a reading-order override is shown, not run`()
    throws
  {
    let html = try page().page
    #expect(!html.contains("<script>"))
    #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    #expect(html.components(of: "<script").count == 1, "only the dataset's description")
    for scalar in html.unicodeScalars where EscapedText.isUnsafe(scalar.value) {
      #expect(scalar == "\n", "U+\(String(scalar.value, radix: 16)) in the page")
    }
    #expect(html.contains("\\u001b[31m\\u202e"))
  }

  @Test func `a quote with a combining mark cannot end an attribute`() throws {
    let html = try page().page
    let raw = "\"\u{301}"
    let escaped = "&quot;\u{301}"
    let hasRaw = html.utf8Contains(raw)
    let hasEscaped = html.utf8Contains(escaped)
    #expect(!hasRaw && hasEscaped)
  }

  @Test func `no text of a server becomes a link or an address`() throws {
    let html = try page().page
    for part in html.split(separator: "href=\"").dropFirst() {
      let target = part.prefix { $0 != "\"" }
      let isOurs =
        target.hasPrefix("#") || target.hasPrefix("data/")
        || target == "https://creativecommons.org/licenses/by/4.0/"
        || [
          "DATA-DICTIONARY.md", "DATASHEET.md", "SHA256SUMS", "LICENSE-DATA", "CITATION.cff",
          "datapackage.json", "provenance.json",
        ].contains(String(target))
      #expect(isOurs, "\(target)")
    }
  }

  @Test func `the page forbids scripts and fetches nothing`() throws {
    let html = try page().page
    #expect(html.contains("default-src 'none'"))
    for word in ["src=", "@import", "url(http", "onload", "onclick", "<link", "<iframe"] {
      #expect(!html.contains(word), "\(word)")
    }
  }

  @Test func `a formula in a banner is no formula in a spreadsheet`() throws {
    let sample = try SampleDataset()
    sample.servers[0][0].banner = "=HYPERLINK(\"http://x\")"
    let publication = try sample.publish()
    let reader = try ArtifactReader<ScannedRow<Server>>(
      path: publication.path("data/servers.csv.gz"), manifest: .none)
    #expect(try reader.next()?.row.banner == "=HYPERLINK(\"http://x\")")
    let row = RowEncoder.text(of: sample.servers[0][0])
    #expect(row.contains("\\=HYPERLINK"))
  }

  @Test func `text is cut, lines are marked and piled-up marks are thinned`() {
    #expect(VisibleText.show("a\nb") == "a ⏎ b")
    #expect(VisibleText.show(String(repeating: "x", count: 9), limit: 4) == "xxxx…")
    let pile = "e" + String(repeating: "\u{301}", count: 40)
    #expect(VisibleText.show(pile).unicodeScalars.count == 4)
  }
}

extension String {
  /// Occurrences by bytes: a combining mark hides a character from `contains`.
  func utf8Contains(_ part: String) -> Bool {
    let bytes = Array(utf8)
    let wanted = Array(part.utf8)
    guard bytes.count >= wanted.count else { return false }
    return (0...(bytes.count - wanted.count)).contains {
      bytes[$0] == wanted[0] && bytes[$0..<($0 + wanted.count)].elementsEqual(wanted)
    }
  }

  func components(of part: String) -> [Substring] { Array(split(separator: part).dropFirst()) }
}
