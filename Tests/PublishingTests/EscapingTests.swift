import ArgumentParser
import Artifact
import Foundation
import Records
import TestSupport
import Testing

@testable import Publishing

/// Everything that servers say arrives as text and stays text.
struct EscapingTests {
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
    let publication = try page()
    var shown = 0
    for path in publication.files where !path.hasSuffix(".gz") {
      let text = try publication.text(path)
      for scalar in text.unicodeScalars where EscapedText.isUnsafe(scalar.value) {
        #expect(scalar == "\n", "U+\(String(scalar.value, radix: 16)) in \(path)")
      }
      guard path.hasSuffix(".html") else { continue }
      let own = text.replacing("<script>\(SiteScript.text)</script>", with: "")
      #expect(!own.contains("<script>"), "\(path)")
      let described = path == "index.html" ? 1 : 0
      #expect(own.components(of: "<script").count == described, "\(path)")
      if text.contains("&lt;script&gt;alert(1)&lt;/script&gt;") { shown += 1 }
    }
    #expect(shown > 48, "each server's own page, and others")
    #expect(try publication.report.contains("\\u001b[31m\\u202e"))
  }

  @Test func `a quote with a combining mark cannot end an attribute`() throws {
    let html = try page().report
    let raw = "\"\u{301}"
    let escaped = "&quot;\u{301}"
    let hasRaw = html.utf8Contains(raw)
    let hasEscaped = html.utf8Contains(escaped)
    #expect(!hasRaw && hasEscaped)
  }

  @Test func `no text of a server becomes a link or an address`() throws {
    let publication = try page()
    let files = Set(publication.files)
    for path in publication.pages {
      for part in try publication.text(path).split(separator: "href=\"").dropFirst() {
        let target = String(part.prefix { $0 != "\"" && $0 != "#" })
        let inside = target.replacing("../", with: "")
        let isOurs =
          inside.isEmpty || files.contains(inside)
          || target == "https://creativecommons.org/licenses/by/4.0/"
        #expect(isOurs, "\(path): \(target)")
      }
    }
  }

  @Test func `every page forbids all scripts but its own and fetches nothing`() throws {
    let publication = try page()
    for path in publication.pages {
      let html = try publication.text(path)
      let own = html.replacing("<script>\(SiteScript.text)</script>", with: "")
      let script = own == html ? nil : SiteScript.text
      let policy = ContentPolicy.text(style: ReportStyle.sheet, script: script)
      #expect(html.contains("content=\"\(HTMLText.escape(policy))\""), "\(path)")
      #expect(policy.hasPrefix("default-src 'none'"))
      for word in [
        "src=", "@import", "url(http", "onload", "onclick", "<link", "<iframe", "style=\"",
      ] {
        #expect(!own.contains(word), "\(path): \(word)")
      }
    }
  }

  @Test(arguments: ["../out", "a/../../out", "/out", "a\u{0}b", "s 1"])
  func `an id that would lead out of the folder names no page`(id: String) throws {
    let sample = try SampleDataset()
    sample.servers[1][0].serverID = id
    sample.servers[1].sort { $0.sortKey < $1.sortKey }
    #expect(throws: ExitCode(65)) { try sample.publish() }
    #expect(!FileManager.default.fileExists(atPath: sample.folder.file("published/out.html")))
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
