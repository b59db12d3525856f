import Artifact
import Foundation
import Records
import TestSupport
import Testing

@testable import Publishing

struct SiteTests {
  @Test func `every link of every page leads to a file of the package and a place in it`() throws {
    let publication = try Publication.unchanged()
    let files = Set(publication.files)
    var pages: [String: String] = [:]
    for path in publication.pages { pages[path] = try publication.text(path) }
    for (path, html) in pages {
      let depth = path.split(separator: "/").count - 1
      for part in html.split(separator: "href=\"").dropFirst() {
        let link = String(part.prefix { $0 != "\"" })
        if link.hasPrefix("https://") { continue }
        let pieces = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let root = String(repeating: "../", count: depth)
        let target = pieces[0].isEmpty ? path : String(pieces[0].dropFirst(root.utf8.count))
        if !pieces[0].isEmpty { #expect(link.hasPrefix(root), "\(path): \(link)") }
        #expect(files.contains(target), "\(path): \(link)")
        if pieces.count > 1 {
          let isThere = pages[target]?.contains(" id=\"\(pieces[1])\"") ?? false
          #expect(isThere, "\(path): \(link)")
        }
      }
    }
  }

  @Test func `from the first page three clicks lead to the bytes of what is proved`() throws {
    let publication = try Publication.unchanged()
    let first = try publication.page
    #expect(first.contains("href=\"deviations.html"))
    let deviations = try publication.text("deviations.html")
    let server = ServerPage.path(SampleRows.id(2))
    #expect(deviations.contains("href=\"\(server)#verdicts\""))
    let page = try publication.text(server)
    let place = "../data/transcripts/\(SampleRows.id(2)).html#r-content-invalid-header"
    #expect(page.contains("href=\"\(place)\">"))
    let transcript = try publication.text("data/transcripts/\(SampleRows.id(2)).html")
    #expect(transcript.contains(HTMLText.escape(SampleRaw.header) + "\\n</code>"))
    #expect(!transcript.contains("server.banner"), "only what the claim rests on")
    #expect(transcript.utf8.count <= 64_000)
  }

  @Test
  func
    `the first screen answers with number, interval, how many of how many, when, how, and what not`()
    throws
  {
    let answer = SampleRows.answer
    var facts = ReportFacts()
    facts.answers = [answer]
    let card = try #require(AnswerCard.all(facts, paths: ["data/concentration.csv.gz"]).first)
    #expect(card.finding == [answer.claim] && card.cardTitle == ResearchQuestion.concentration.text)
    let standing = Dictionary(
      card.standing.map { ($0.standingName, $0) }, uniquingKeysWith: { first, _ in first })
    #expect(standing["Number"]?.standingTarget == "data/concentration.csv.gz")
    for (name, part) in [
      ("Number", "31 %"), ("Interval", "25 % to 40 %"), ("Base", "12 of 40 servers that answered"),
      ("Evidence", "inferred"), ("Evidence", "2026-01-03"), ("Not shown", answer.notShown),
    ] {
      #expect(standing[name]?.standingText.contains(part) ?? false, "\(name): \(part)")
    }
    #expect(standing["Limit"]?.standingTarget == "operators.html#partitions", "its detection limit")
    let page = try Publication.unchanged().page
    #expect(page.contains(HTMLText.escape(answer.claim)))
    #expect(page.components(of: "Not measured yet.").count == 4, "the questions without an answer")
  }

  @Test func `every server has a page with its reasons, remedies and the way to object`() throws {
    let publication = try Publication.unchanged()
    for n in 0..<SampleRows.count {
      let html = try publication.text(ServerPage.path(SampleRows.id(n)))
      for title in ["Why am I here?", "What was checked", "How it was met", "How to object"] {
        #expect(html.contains("<h2>\(title)</h2>"))
      }
      let outcome = SampleRows.outcome(n, 1)
      #expect(html.contains("<bdi>\(outcome.rawValue)</bdi>"))
      #expect(html.contains(HTMLText.escape(Remedies.text(outcome))))
    }
  }

  @Test func `beside each figure stand its numbers, its specification and the line that cites it`()
    throws
  {
    let publication = try Publication.unchanged()
    let files = Set(publication.files)
    let html = try publication.report
    let drawings = html.split(separator: "<svg role=\"img\" aria-labelledby=\"").dropFirst()
    #expect(drawings.count > 18)
    for drawing in drawings {
      let id = try #require(drawing.split(separator: "-title").first)
      #expect(files.contains("figures/\(id).csv") && files.contains("figures/\(id).vl.json"))
      let specification = try publication.json("figures/\(id).vl.json")
      #expect(specification["data"]?["url"] == .string("\(id).csv"))
      let rows = try publication.text("figures/\(id).csv").split(separator: "\n")
      #expect(rows.count > 1, "\(id)")
    }
    #expect(html.contains("Figure “Servers by place”, in: Electrum Observatory contributors"))
  }

  @Test func `a dataset without raw evidence says that no bytes are kept`() throws {
    let publication = try SampleDataset().publish(without: ["connections"])
    #expect(!publication.files.contains { $0.contains("transcripts") })
    let page = try publication.text(ServerPage.path(SampleRows.id(2)))
    #expect(page.contains("<bdi>none kept</bdi>"))
  }

  @Test func `no sentence of the report says what nobody can see or know`() throws {
    let publication = try Publication.unchanged()
    for path in publication.pages {
      let text = try publication.text(path).lowercased()
      for word in VerdictWording.forbidden { #expect(!text.contains(word), "\(path): \(word)") }
    }
  }

  @Test func `publishing fewer servers removes the pages of those that are gone`() throws {
    let sample = try SampleDataset()
    let before = try sample.publish()
    #expect(before.files.contains(ServerPage.path(SampleRows.id(2))))
    for name in ["normalized/\(SampleDataset.scans[0])", "normalized/\(SampleDataset.scans[1])"] {
      for ending in [".csv.gz", ".manifest.json"] {
        try FileManager.default.removeItem(atPath: sample.folder.file(name + "/servers" + ending))
      }
    }
    for ending in [".csv.gz", ".manifest.json"] {
      try FileManager.default.removeItem(
        atPath: sample.folder.file("features/profiles" + ending))
    }
    let after = try sample.publish(without: ["servers", "profiles"])
    #expect(!after.files.contains(ServerPage.path(SampleRows.id(2))))
    #expect(after.files.contains("data/endpoints.csv.gz"))
  }
}
