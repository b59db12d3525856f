internal import Artifact

/// Steps from nothing to a sum: what each piece of evidence adds or takes.
struct WaterfallChart {
  struct Step {
    let label: String
    let change: Double
    /// True for what is there before any evidence.
    var isStart = false
  }

  let id: String
  let title: String
  let unit: String
  let steps: [Step]

  private static let pitch = 40.0

  /// Where each step begins and ends.
  private var spans: [(step: Step, from: Double, to: Double)] {
    var sum = 0.0
    return steps.map { step in
      let from = sum
      sum += step.change
      return (step, from, sum)
    }
  }

  private var sum: Double { steps.reduce(0) { $0 + $1.change } }
}

extension WaterfallChart: Chart {
  var drawing: SVGDrawing {
    let spans = spans
    let ends: [Double] = spans.flatMap { [$0.from, $0.to] } + [0]
    let low = ends.min() ?? 0
    let width = max((ends.max() ?? 0) - low, 1)
    func place(_ value: Double) -> Double { 1 + (value - low) / width * 98 }
    let height = Double(spans.count + 1) * Self.pitch
    var elements: [SVGElement] = [
      .line(
        x1: .percent(place(0)), y1: 0, x2: .percent(place(0)), y2: .pixels(height), style: "axis")
    ]
    for (index, span) in spans.enumerated() {
      let style =
        span.step.isStart
        ? "tone-descriptive"
        : span.step.change < 0
          ? "tone-partial" : "tone-answered"
      elements += row(
        span.step.label, Self.signed(span.step.change), Double(index),
        place(min(span.from, span.to)), place(max(span.from, span.to)), style)
    }
    elements += row(
      "sum", Self.signed(sum), Double(spans.count), place(min(0, sum)), place(max(0, sum)),
      "tone-plain")
    return SVGDrawing(
      id: id, title: title, description: description, size: .fluid(height: height),
      elements: elements)
  }

  private func row(
    _ label: String, _ value: String, _ index: Double, _ left: Double, _ right: Double,
    _ style: String
  ) -> [SVGElement] {
    let top = index * Self.pitch
    return [
      .text(label, x: 0, y: .pixels(top + 14), style: "label"),
      .text(value, x: .percent(100), y: .pixels(top + 14), anchor: .end, style: "value"),
      SVGElement.rectangle(
        x: .percent(left), y: .pixels(top + 20), width: .percent(max(right - left, 0.3)),
        height: 12, style: style
      ).titled("\(label): \(value) \(unit)"),
    ]
  }

  private static func signed(_ value: Double) -> String {
    (value > 0 ? "+" : "") + NumberText.decimal(value, places: 2)
  }

  private var description: String {
    steps.map { "\($0.label) \(Self.signed($0.change))" }.joined(separator: "; ")
      + "; sum \(Self.signed(sum)) \(unit)"
  }

  var data: ChartData {
    ChartData(
      columns: ["label", "change", "from", "to"],
      rows: spans.map {
        [.text($0.step.label), .number($0.step.change), .number($0.from), .number($0.to)]
      } + [[.text("sum"), .number(sum), .number(0), .number(sum)]])
  }

  var grammar: ChartGrammar {
    ChartGrammar(layers: [
      .init(
        "bar",
        [
          ("y", ChartGrammar.words("label", title: title)),
          ("x", ChartGrammar.quantity("from", title: unit)), ("x2", ChartGrammar.end("to")),
        ])
    ])
  }
}
