import Testing

@testable import Publishing

@Suite struct ChartTests {
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
      #expect(abs(area - Double(counts[index]) * 1080 * 420 / 100) < 1e-3)
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
      tones: [("up", "tone-answered"), ("down", "tone-failed")])
    #expect(chart.data.rows.count == 3)
    #expect(chart.drawing.markup.components(of: "class=\"cell ").count == 3)
  }
}
