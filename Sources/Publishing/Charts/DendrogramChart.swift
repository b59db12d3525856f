internal import Artifact

/// Things joined two sides at a time, each join where its strength or distance stands on the axis.
///
/// Joins that do not meet leave several trees, which stand one below another.
struct DendrogramChart {
  struct Join {
    /// Places of two leaves, one of each side.
    let first: Int
    let second: Int
    let value: Double
  }

  private struct Node {
    let leaves: [Int]
    /// Place on the axis, and the line among the leaves.
    let value: Double
    let line: Double
  }

  private struct Bracket {
    let upper: Node
    let lower: Node
    let value: Double
  }

  let id: String
  let title: String
  /// What the axis tells, with its unit.
  let axis: String
  let leaves: [String]
  /// Nearest or strongest first; one whose sides are joined already is left out.
  let joins: [Join]
  /// True where a greater value joins more closely (a weight), false where less (a distance).
  let isWeight: Bool

  private static let width = 1080.0
  private static let labelWidth = 300.0
  private static let pitch = 22.0

  private var least: Double { min(joins.map(\.value).min() ?? 0, 0) }
  private var ticks: AxisTicks {
    AxisTicks(upTo: max(joins.map(\.value).max() ?? 1, 1e-6), isCount: false)
  }

  /// Where leaves begin: closer than every join.
  private var near: Double { isWeight ? ticks.greatest : 0 }

  /// The order of the leaves, top to bottom, and the brackets that join them.
  private var layout: (order: [Int], brackets: [Bracket]) {
    var trees = leaves.indices.map { [$0] }
    var treeOf = Array(leaves.indices)
    var kept: [Join] = []
    for join in joins where treeOf[join.first] != treeOf[join.second] {
      let into = min(treeOf[join.first], treeOf[join.second])
      let from = max(treeOf[join.first], treeOf[join.second])
      for leaf in trees[from] { treeOf[leaf] = into }
      trees[into] += trees[from]
      trees[from] = []
      kept.append(join)
    }
    let order =
      trees.filter { $0.count > 1 }.flatMap(\.self) + trees.filter { $0.count == 1 }.flatMap(\.self)
    var nodes = leaves.map { _ in Node(leaves: [], value: near, line: 0) }
    for (line, leaf) in order.enumerated() {
      nodes[leaf] = Node(leaves: [leaf], value: near, line: Double(line))
    }
    var brackets: [Bracket] = []
    for join in kept {
      let sides = [nodes[join.first], nodes[join.second]].sorted { $0.line < $1.line }
      brackets.append(Bracket(upper: sides[0], lower: sides[1], value: join.value))
      let both = sides[0].leaves + sides[1].leaves
      let node = Node(leaves: both, value: join.value, line: (sides[0].line + sides[1].line) / 2)
      for leaf in both { nodes[leaf] = node }
    }
    return (order, brackets)
  }

  /// The corners of a bracket: value and line.
  private static func corners(_ bracket: Bracket) -> [(value: Double, line: Double)] {
    [
      (bracket.upper.value, bracket.upper.line), (bracket.value, bracket.upper.line),
      (bracket.value, bracket.lower.line), (bracket.lower.value, bracket.lower.line),
    ]
  }
}

extension DendrogramChart: Chart {
  var drawing: SVGDrawing {
    let layout = layout
    let bottom = Double(leaves.count) * Self.pitch + 6
    func x(_ value: Double) -> Double {
      let share = (value - least) / max(ticks.greatest - least, 1e-9)
      return Self.labelWidth + (isWeight ? 1 - share : share) * (Self.width - Self.labelWidth - 30)
    }
    func y(_ line: Double) -> Double { line * Self.pitch + Self.pitch / 2 + 3 }
    var elements: [SVGElement] = []
    for value in ticks.values {
      elements += [
        .line(
          x1: .pixels(x(value)), y1: 4, x2: .pixels(x(value)), y2: .pixels(bottom), style: "grid"),
        .text(
          AxisTicks.text(value), x: .pixels(x(value)), y: .pixels(bottom + 16), anchor: .middle,
          style: "cell-label"),
      ]
    }
    elements.append(
      .text(
        axis, x: .pixels((Self.labelWidth + Self.width) / 2), y: .pixels(bottom + 36),
        anchor: .middle, style: "cell-label"))
    for (line, leaf) in layout.order.enumerated() {
      elements.append(
        .text(
          VisibleText.show(leaves[leaf], limit: 42), x: .pixels(Self.labelWidth - 10),
          y: .pixels(y(Double(line)) + 4), anchor: .end, style: "cell-label"))
    }
    for bracket in layout.brackets {
      elements.append(
        SVGElement.path(
          [Self.corners(bracket).map { (x($0.value), y($0.line)) }], closed: false, style: "bracket"
        ).titled(
          "\(names(bracket.upper)) and \(names(bracket.lower)): \(NumberText.value(bracket.value))")
      )
    }
    return SVGDrawing(
      id: id, title: title, description: description,
      size: .sheet(width: Self.width, height: bottom + 44), elements: elements)
  }

  private func names(_ node: Node) -> String {
    let shown = node.leaves.prefix(3).map { leaves[$0] }.joined(separator: ", ")
    return node.leaves.count > 3 ? "\(shown) and \(node.leaves.count - 3) more" : shown
  }

  private var description: String {
    layout.brackets.prefix(40).map {
      "\(names($0.upper)) and \(names($0.lower)) at \(NumberText.value($0.value))"
    }.joined(separator: "; ")
  }

  var data: ChartData {
    ChartData(
      columns: ["curve", "x", "y", "order", "joins"],
      rows: layout.brackets.enumerated().flatMap { number, bracket in
        Self.corners(bracket).enumerated().map { order, corner in
          [
            .text("join \(number + 1)"), .number(corner.value), .number(corner.line),
            .integer(order), .text("\(names(bracket.upper)) + \(names(bracket.lower))"),
          ]
        }
      })
  }

  var grammar: ChartGrammar {
    let order = isWeight ? "descending" : "ascending"
    return ChartGrammar(layers: [
      .init(
        "line",
        [
          ("x", ChartGrammar.quantity("x", title: axis, [("sort", .string(order))])),
          ("y", ChartGrammar.quantity("y", title: title, [("sort", .string("descending"))])),
          ("detail", ChartGrammar.words("curve")), ("order", ChartGrammar.quantity("order")),
          ("tooltip", ChartGrammar.words("joins")),
        ])
    ])
  }

  /// The joins as rows of a table, nearest first.
  var numbers: Grid {
    Grid(
      ["One side", "Other side", "#\(axis)"],
      layout.brackets.map { [names($0.upper), names($0.lower), NumberText.value($0.value)] })
  }
}
