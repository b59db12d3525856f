import Artifact
import Publishing
import Records
import TestSupport
import Testing

struct ReportTests {
  @Test func `the numbers of the page are the counts of the tables`() throws {
    let sample = try SampleDataset()
    let last = sample.servers[1]
    let html = try sample.publish().report
    let answered = last.count { $0.outcome == .answered }
    #expect(html.contains("<strong>\(answered)</strong> <span>of 48 servers listed answered"))
    let unknown = last.count { $0.geography.latitude == nil }
    #expect(html.contains("\(unknown) servers of unknown location are not drawn"))
    for network in [AddressFamily.ipv4, .ipv6, .onion] {
      let endpoints = sample.endpoints[1].filter { $0.network == network }
      let answers = endpoints.count { $0.outcome == .answered }
      #expect(html.contains("\(answers) of \(endpoints.count)</text>"), "\(network)")
    }
    let electrumX = last.count { $0.software == "ElectrumX" }
    #expect(html.contains("<bdi>ElectrumX</bdi></th><td class=\"number\"><bdi>\(electrumX)</bdi>"))
    let reached = (0..<SampleRows.count).filter { SampleRows.outcome($0, 1) == .answered }
    #expect(
      html.contains("Counted in all figures here: \(reached.count) servers reached in any scan"))
    let units = Set(reached.map(SampleRows.operatorID)).count
    #expect(
      html.contains("all operator evidence</bdi></td><td class=\"number\"><bdi>\(units)</bdi>"))
    let fired = sample.indicators.filter { $0.status == .fired }
    let proved = Set(fired.filter { $0.verdictClass == .proved }.map(\.serverID)).count
    #expect(proved == 1)
    #expect(html.contains("proved deviations at 1 server, "))
  }

  @Test func `every table can be absent, and its section says so`() throws {
    let absences = [
      "servers": ["The table of servers is absent or empty.", "The table of servers is absent."],
      "endpoints": ["The table of endpoints is absent or empty"],
      "certificates": ["The table of certificates is absent."],
      "advertisements": ["The table of advertisements is absent."],
      "operators": ["The table of likely operators is absent or empty."],
      "behaviour_classes": ["The table of behaviour classes is absent or empty."],
      "indicators": ["The table of indicators is absent."],
      "concentration": ["The table of concentration is absent or empty."],
    ]
    for (table, sentences) in absences.sorted(by: { $0.key < $1.key }) {
      let publication = try SampleDataset().publish(without: [table])
      let html = try publication.report
      for sentence in sentences { #expect(html.contains(sentence), "\(table)") }
      #expect(!publication.files.contains { $0.hasPrefix("data/\(table).") })
      for path in links(html) where path.hasPrefix("data/") {
        #expect(publication.files.contains(path), "\(path) without \(table)")
      }
    }
  }

  @Test func `a dataset without a single derived table still has a page`() throws {
    let all = RecordCatalog.all.map { $0.schema.name }
    let publication = try SampleDataset().publish(without: Set(all))
    let html = try publication.report
    #expect(html.components(of: "class=\"absence\"").count >= 9)
    let tables = links(html).filter { $0.hasPrefix("data/") }
    #expect(tables.allSatisfy { publication.files.contains($0) }, "\(tables)")
  }

  @Test func `the kinds of statement stand apart and operators are called likely`() throws {
    let html = try Publication.unchanged().report
    for title in ["Proved", "Statistical", "Descriptive"] {
      #expect(html.contains("<h3>\(title)</h3>"))
    }
    #expect(html.contains("cannot be observed, so nothing here says that one does"))
    #expect(html.contains("<h2>Likely operators</h2>"))
    #expect(html.contains("Not tested is not unreachable"))
  }

  @Test func `every drawing has a name, a description and its numbers as a table`() throws {
    let html = try Publication.unchanged().report
    let drawings = html.components(of: "<svg role=\"img\"").count
    #expect(drawings > 15)
    #expect(html.components(of: "<desc id=").count == drawings)
    #expect(html.components(of: "<summary>The numbers as a table</summary>").count == drawings)
    let publication = try Publication.unchanged()
    for path in publication.pages {
      let parts = try publication.text(path).split(separator: " id=\"").dropFirst()
      let identifiers = parts.map { $0.prefix { $0 != "\"" } }
      #expect(Set(identifiers).count == identifiers.count, "\(path)")
    }
  }

  @Test func `golden fragment: endpoints by network`() throws {
    let html = try Publication.unchanged().report
    let section = try #require(
      html.split(separator: "<section id=\"reachability\">").last?.split(separator: "</section>")
        .first)
    #expect(
      try Golden.matches(
        String(section), "Tests/PublishingTests/Golden/reachability.html"))
  }

  private func links(_ html: String) -> [String] {
    html.split(separator: "href=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
  }
}
