import Foundation
import TestSupport
import Testing

@testable import Publishing

struct DetectionLimitTests {
  @Test func `the report states the detection limit that the article measured`() throws {
    let article = try String(
      contentsOfFile: PackageRoot.path("Sources/Clustering/Clustering.docc/Likely-Operators.md"),
      encoding: .utf8)
    let cells = article.split(separator: "\n").filter { $0.hasPrefix("|") }.map { line in
      line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    let heading = ["Servers"] + DetectionLimit.randomised.map { NumberText.decimal($0) }
    let start = try #require(cells.firstIndex(of: heading))
    for (offset, row) in DetectionLimit.rows.enumerated() {
      let stated = cells[start + 2 + offset].compactMap(Double.init)
      #expect(stated == [Double(row.servers)] + row.found)
    }
  }

  @Test func `each count of units stands with the detection limit`() throws {
    let html = try Publication.unchanged().text("operators.html")
    let section = try #require(
      html.split(separator: "<section id=\"partitions\">").last?.split(separator: "</section>")
        .first)
    #expect(section.contains("Units in each way of counting"))
    #expect(section.contains("<h3>Detection limit</h3>"))
    #expect(section.contains("<bdi>15 servers</bdi>"))
  }
}
