import Testing

@testable import Publishing

struct DrawingTests {
  private func markup(_ element: SVGElement) -> String {
    var out = ""
    element.write(to: &out)
    return out
  }

  @Test func `a bar of one half fills one half of any width`() {
    let chart = BarChart(
      id: "c", title: "T", rows: [ChartRow("a", 2), ChartRow("b", 1)])
    let text = chart.drawing.markup
    #expect(text.contains("width=\"100%\" height=\"14\" class=\"tone-plain\""))
    #expect(text.contains("width=\"50%\" height=\"14\" class=\"tone-plain\""))
    #expect(text.contains("<desc id=\"c-description\">a: 2; b: 1</desc>"))
  }

  @Test func `texts and attribute values are escaped`() {
    let text = SVGElement.text("<b>&\"", x: 0, y: 1.5, anchor: .end, style: "a\"b")
    #expect(
      markup(text)
        == "<text x=\"0\" y=\"1.5\" text-anchor=\"end\" class=\"a&quot;b\">&lt;b&gt;&amp;&quot;</text>"
    )
  }

  @Test func `the projection keeps the equator straight and the poles short`() {
    let origin = EqualEarth.project(longitude: 0, latitude: 0)
    #expect(origin.x == 0 && origin.y == 0)
    let east = EqualEarth.project(longitude: 180, latitude: 0)
    #expect(abs(east.x - EqualEarth.halfWidth) < 1e-3)
    let pole = EqualEarth.project(longitude: 0, latitude: 90)
    #expect(abs(pole.y - 1.3173) < 1e-3)
  }

  @Test func `land has the continents and no point off the globe`() {
    #expect(LandOutline.rings.count > 80)
    for point in LandOutline.rings.joined() {
      #expect(abs(point.longitude) <= 180 && abs(point.latitude) <= 90)
    }
  }

  @Test func `numbers are written for readers`() {
    #expect(NumberText.count(1_234_567) == "1,234,567")
    #expect(NumberText.share(1, of: 3) == "33.3 %")
    #expect(NumberText.share(0, of: 0) == "–")
    #expect(NumberText.value(0.123456) == "0.123")
    #expect(NumberText.value(nil) == "–")
    #expect(NumberText.bytes(1234) == "1.2 kB")
  }

  @Test func `versions are ordered by their numbers`() {
    let versions = ["1.4.10", "1.4", "1.10", "1.4.2"].sorted(by: VersionText.precedes)
    #expect(versions == ["1.4", "1.4.2", "1.4.10", "1.10"])
  }

  @Test func `a scan's name tells its start where no manifest does`() {
    let scan = ScanFacts(name: "20251122T150000Z-local", observation: nil)
    #expect(scan.startedAt == "2025-11-22T15:00:00Z")
    #expect(scan.vantage == "local")
    #expect(ScanFacts(name: "original", observation: nil).startedAt == nil)
  }
}
