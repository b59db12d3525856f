internal import Artifact

extension BarChart: Chart {
  var data: ChartData { ChartData(rows: rows, labelled: "label") }

  var grammar: ChartGrammar {
    ChartGrammar(layers: [
      .init(
        "bar",
        [
          ("y", ChartGrammar.words("label", title: title)),
          (
            "x",
            ChartGrammar.quantity(
              "count", title: "count",
              [("stack", .string(isShareOfRow ? "normalize" : "zero"))])
          ), ("color", ChartGrammar.words("part")),
          ("order", ChartGrammar.quantity("order")),
        ])
    ])
  }
}

extension ColumnChart: Chart {
  var data: ChartData { ChartData(rows: columns, labelled: "label") }

  var grammar: ChartGrammar {
    ChartGrammar(layers: [
      .init(
        "bar",
        [
          ("x", ChartGrammar.words("label", title: title)),
          ("y", ChartGrammar.quantity("count", title: "count")),
          ("color", ChartGrammar.words("part")), ("order", ChartGrammar.quantity("order")),
        ])
    ])
  }
}

extension ChartData {
  /// One row a drawn part of a bar.
  init(rows: [ChartRow], labelled label: String) {
    self.init(
      columns: [label, "part", "count", "order"],
      rows: rows.flatMap { row in
        row.segments.enumerated().filter { $0.element.count > 0 }.map { index, segment in
          [.text(row.label), .text(segment.label), .integer(segment.count), .integer(index)]
        }
      })
  }
}

extension IntervalChart: Chart {
  var data: ChartData {
    ChartData(
      columns: ["label", "value", "low", "high", "outer_low", "outer_high"],
      rows: rows.map {
        [
          .text($0.label), .number($0.value), .init($0.low), .init($0.high), .init($0.outer?.low),
          .init($0.outer?.high),
        ]
      })
  }

  var grammar: ChartGrammar {
    let label = ChartGrammar.words("label", title: title)
    return ChartGrammar(layers: [
      .init(
        "rule",
        [
          ("y", label), ("x", ChartGrammar.quantity("outer_low", title: "value")),
          ("x2", ChartGrammar.end("outer_high")),
        ]),
      .init(
        .object([("type", .string("rule")), ("strokeWidth", .integer(4))]),
        [
          ("y", label), ("x", ChartGrammar.quantity("low")), ("x2", ChartGrammar.end("high")),
        ]),
      .init("point", [("y", label), ("x", ChartGrammar.quantity("value"))]),
    ])
  }
}

extension RangeChart: Chart {
  var data: ChartData {
    ChartData(
      columns: ["label", "low", "high", "count"],
      rows: rows.map { row in
        [
          .text(row.low == row.high ? row.low : "\(row.low) – \(row.high)"), .text(row.low),
          .text(row.high), .integer(row.count),
        ]
      })
  }

  var grammar: ChartGrammar {
    let order = JSONValue.array(scale.map { .string(EscapedText.escape($0)) })
    let scale: [(String, JSONValue)] = [("scale", .object([("domain", order)]))]
    let label = ChartGrammar.words("label", title: title)
    return ChartGrammar(layers: [
      .init(
        "rule",
        [
          ("y", label), ("x", ChartGrammar.words("low", title: nil, scale)),
          ("x2", ChartGrammar.end("high")),
        ]),
      .init(
        "point",
        [
          ("y", label), ("x", ChartGrammar.words("low", title: nil, scale)),
          ("size", ChartGrammar.quantity("count")),
        ]),
    ])
  }
}

extension WorldMap: Chart {
  var data: ChartData {
    ChartData(
      columns: ["label", "longitude", "latitude", "listed", "answered", "precision"],
      rows: ordered.map {
        [
          .text($0.label), .number($0.longitude), .number($0.latitude), .integer($0.total),
          .integer($0.answered), .text($0.isCentroid ? "country" : "coordinates"),
        ]
      })
  }

  var grammar: ChartGrammar {
    ChartGrammar(
      layers: [
        .init(
          "circle",
          [
            ("longitude", ChartGrammar.quantity("longitude")),
            ("latitude", ChartGrammar.quantity("latitude")),
            ("size", ChartGrammar.quantity("listed")), ("color", ChartGrammar.words("precision")),
          ])
      ], projection: "equalEarth")
  }
}
