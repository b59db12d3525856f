import Testing

@testable import Publishing

struct ChartTests {
  private func numbers(_ data: ChartData, _ column: String) -> [Double] {
    guard let index = data.columns.firstIndex(of: column) else { return [] }
    return data.rows.compactMap { row in
      switch row[index] {
      case .number(let value): value
      case .integer(let value): Double(value)
      case .text, .missing: nil
      }
    }
  }

  @Test func `areas of a treemap are as the counts, within the frame and apart`() {
    let counts = [40, 21, 13, 8, 8, 5, 3, 1, 1]
    let map = TreemapChart(
      id: "t", title: "T",
      parts: counts.enumerated().map { .init(label: "p\($0)", count: $1, tone: .plain) })
    let data = map.data
    let left = numbers(data, "left")
    let right = numbers(data, "right")
    let top = numbers(data, "top")
    let bottom = numbers(data, "bottom")
    for index in counts.indices {
      let area = (right[index] - left[index]) * (bottom[index] - top[index])
      #expect(abs(area - Double(counts[index]) * 1080 * 440 / 100) < 1e-3)
      #expect(left[index] >= 0 && right[index] <= 1080.001 && top[index] >= 0)
      for other in counts.indices where other != index {
        let wide = min(right[index], right[other]) - max(left[index], left[other])
        let high = min(bottom[index], bottom[other]) - max(top[index], top[other])
        #expect(wide < 1e-3 || high < 1e-3)
      }
    }
  }

  @Test func `a waterfall ends at the sum of its steps`() {
    let chart = WaterfallChart(
      id: "w", title: "W", unit: "bits",
      steps: [
        .init(label: "prior", change: -6, isStart: true), .init(label: "a", change: 9),
        .init(label: "b", change: -1),
      ])
    #expect(numbers(chart.data, "to") == [-6, 3, 2, 2])
    #expect(numbers(chart.data, "from") == [0, -6, 3, 0])
    #expect(chart.drawing.description.hasSuffix("sum +2 bits"))
  }

  @Test func `numbers as CSV are quoted, and a formula among them is none`() {
    let data = ChartData(
      columns: ["label", "count"],
      rows: [
        [.text("a,\"b\""), .integer(2)], [.text("=1+1"), .number(0.5)], [.text("c"), .missing],
      ])
    #expect(data.csv == "label,count\n\"a,\"\"b\"\"\",2\n\\=1+1,0.5\nc,\n")
  }

  @Test func `each cell of a matrix that is known is a mark, an unknown one is none`() {
    let chart = CellChart(
      id: "m", title: "M", columns: ["x", "y"],
      lines: [.init(label: "a", words: ["up", nil]), .init(label: "b", words: ["down", "up"])],
      looks: [
        .init(word: "up", tone: "tone-answered"),
        .init(word: "down", tone: "tone-failed", shape: .low),
      ])
    #expect(chart.data.rows.count == 3)
    #expect(chart.drawing.markup.components(of: "class=\"cell ").count == 3)
  }

  @Test func `where cells are very many, equal ones beside each other are one mark`() {
    let columns = (1...100).map { "\($0)" }
    let words = columns.map { Int($0) == 50 ? "down" : "up" }
    let chart = CellChart(
      id: "m", title: "M", columns: columns,
      lines: (0..<100).map { .init(label: "s\($0)", words: words) },
      looks: [.init(word: "up", tone: "tone-answered"), .init(word: "down", tone: "tone-failed")])
    let markup = chart.drawing.markup
    #expect(markup.components(of: "class=\"cell ").count == 300)
    #expect(markup.contains("s7, 1 to 49: up") && markup.contains("s7, 50: down"))
    #expect(chart.data.rows.count == 10_000)
  }

  @Test func `states of a matrix differ in shape where colour tells nothing`() {
    func heights(_ shape: CellChart.Shape) -> Set<String> {
      let chart = CellChart(
        id: "m", title: "M", columns: ["x"], lines: [.init(label: "a", words: ["w"])],
        looks: [.init(word: "w", tone: "t", shape: shape)])
      let cells = chart.drawing.markup.split(separator: "<rect ").filter { $0.contains("cell ") }
      return Set(cells.map { String($0.prefix { $0 != ">" }) })
    }
    let all: [CellChart.Shape] = [.full, .low, .narrow, .small]
    #expect(Set(all.map(heights)).count == all.count)
  }

  @Test func `lines of one group stand in one box, and others in none`() {
    let chart = CellChart(
      id: "m", title: "M", columns: ["x"],
      lines: [
        .init(label: "a", words: ["up"], group: "g"), .init(label: "b", words: ["up"], group: "g"),
        .init(label: "c", words: ["up"], group: "h"), .init(label: "d", words: ["up"]),
      ], looks: [])
    #expect(chart.drawing.markup.components(of: "class=\"box\"").count == 2)
  }

  @Test(arguments: [(30.0, true), (7, true), (1, false), (0.23, false), (125, true), (0, true)])
  func `marks of an axis are 1, 2 or 5 times a power of ten apart and cover the values`(
    most: Double, isCount: Bool
  ) {
    let values = AxisTicks(upTo: most, isCount: isCount).values
    #expect(values.first == 0 && (values.last ?? 0) >= most)
    #expect(values.count >= 2 && values.count <= 8)
    let step = values[1]
    #expect(values.enumerated().allSatisfy { abs($1 - Double($0) * step) < 1e-9 })
    var leading = step
    while leading < 1 - 1e-9 { leading *= 10 }
    while leading >= 10 - 1e-9 { leading /= 10 }
    #expect([1, 2, 5].contains { abs($0 - leading) < 1e-6 }, "\(step)")
    if isCount { #expect(values.allSatisfy { $0 == $0.rounded() }) }
  }

  @Test func `areas of prefixes lie within the area of their network`() {
    let map = TreemapChart(
      id: "t", title: "T",
      parts: [
        .init(
          label: "AS1", count: 5, tone: .answered,
          parts: [
            .init(label: "a", count: 3, tone: .answered),
            .init(label: "b", count: 2, tone: .statistical),
          ]), .init(label: "AS2", count: 3, tone: .answered),
      ])
    #expect(map.data.rows.count == 3)
    #expect(numbers(map.data, "count") == [3, 2, 3])
    let right = numbers(map.data, "right")
    #expect(right[0] <= 675.001 && right[1] <= 675.001 && right[2] > 1079)
    #expect(map.drawing.markup.components(of: "class=\"block\"").count == 1)
  }

  @Test func `a tree joins the strongest first, keeps each side together and joins nothing twice`()
  {
    let tree = DendrogramChart(
      id: "d", title: "D", axis: "bits", leaves: ["a", "b", "c", "d", "e"],
      joins: [
        .init(first: 0, second: 2, value: 9), .init(first: 1, second: 3, value: 8),
        .init(first: 2, second: 0, value: 7), .init(first: 3, second: 0, value: 2),
      ], isWeight: true)
    #expect(tree.data.rows.count == 3 * 4)
    #expect(Set(numbers(tree.data, "x")) == [10, 9, 8, 2])
    #expect(
      tree.numbers.lines.map { $0.map(\.text) } == [
        ["a", "c", "9"], ["b", "d", "8"], ["a, c", "b, d", "2"],
      ])
    #expect(tree.drawing.markup.components(of: "class=\"bracket\"").count == 3)
  }

  @Test func `an event stands under the first scan that shows it, in the lane of its kind`() {
    let track = EventTrack(
      [
        .init(time: "2026-01-02T00:00:00Z", kind: "version first seen", text: "X 2"),
        .init(time: "2026-01-02T12:00:00Z", kind: "failure of many", text: "AS1"),
        .init(time: "2026-01-03T00:00:00Z", kind: "version first seen", text: "X 3"),
        .init(time: "2025-01-03T00:00:00Z", kind: "version first seen", text: "before the series"),
        .init(time: "2026-02-03T00:00:00Z", kind: "version first seen", text: "after the series"),
      ], times: ["2026-01-01T00:00:00Z", nil, "2026-01-03T00:00:00.765Z"])
    var asked: Set<Int> = []
    let elements = track.elements(top: 0, span: (0, 100)) { column in
      asked.insert(column)
      return .pixels(Double(column))
    }
    var text = ""
    for element in elements { element.write(to: &text) }
    #expect(asked == [2])
    #expect(text.components(of: "class=\"event\"").count == 2, "two lanes, a mark each")
    #expect(text.contains("X 2; 2026-01-03: X 3") && !text.contains("series"))
    #expect(EventTrack.none.height == 0)
  }
}
