internal import Artifact

/// Parts of a whole as areas (squarified, after Bruls, Huizing and van Wijk 2000).
struct TreemapChart {
  struct Part {
    let label: String
    let count: Int
    let tone: Tone
  }

  private struct Tile {
    let part: Part
    let x: Double
    let y: Double
    let width: Double
    let height: Double
  }

  let id: String
  let title: String
  /// Greatest first.
  let parts: [Part]

  private static let width = 1080.0
  private static let height = 420.0

  private var tiles: [Tile] {
    let shown = parts.filter { $0.count > 0 }
    let total = Double(max(shown.reduce(0) { $0 + $1.count }, 1))
    let scale = Self.width * Self.height / total
    var free = (x: 0.0, y: 0.0, width: Self.width, height: Self.height)
    var tiles: [Tile] = []
    var rest = shown[...]
    while let first = rest.first {
      let side = min(free.width, free.height)
      var row = [first]
      var worst = Self.worst(row, side, scale)
      for next in rest.dropFirst() {
        let other = Self.worst(row + [next], side, scale)
        if other > worst { break }
        row.append(next)
        worst = other
      }
      let area = row.reduce(0) { $0 + Double($1.count) } * scale
      let depth = area / max(side, 1e-9)
      var offset = 0.0
      for part in row {
        let length = Double(part.count) * scale / max(depth, 1e-9)
        tiles.append(
          free.width >= free.height
            ? Tile(part: part, x: free.x, y: free.y + offset, width: depth, height: length)
            : Tile(part: part, x: free.x + offset, y: free.y, width: length, height: depth))
        offset += length
      }
      if free.width >= free.height {
        free = (free.x + depth, free.y, free.width - depth, free.height)
      } else {
        free = (free.x, free.y + depth, free.width, free.height - depth)
      }
      rest = rest.dropFirst(row.count)
    }
    return tiles
  }

  /// The greatest ratio of sides among the parts of one row.
  private static func worst(_ row: [Part], _ side: Double, _ scale: Double) -> Double {
    let areas = row.map { Double($0.count) * scale }
    let sum = areas.reduce(0, +)
    guard let most = areas.max(), let least = areas.min(), least > 0, side > 0 else {
      return .infinity
    }
    let square = side * side
    return max(square * most / (sum * sum), sum * sum / (square * least))
  }
}

extension TreemapChart: Chart {
  var drawing: SVGDrawing {
    SVGDrawing(
      id: id, title: title, description: description,
      size: .picture(width: Self.width, height: Self.height), elements: tiles.map(Self.element))
  }

  private static func element(_ tile: Tile) -> SVGElement {
    var elements: [SVGElement] = [
      .rectangle(
        x: .pixels(tile.x), y: .pixels(tile.y), width: .pixels(max(tile.width - 2, 0.5)),
        height: .pixels(max(tile.height - 2, 0.5)), corner: 3, style: "tile-\(tile.part.tone)")
    ]
    let letters = Int(tile.width / 9)
    if tile.height > 26, letters > 7 {
      elements.append(
        .text(
          VisibleText.show(tile.part.label, limit: letters), x: .pixels(tile.x + 8),
          y: .pixels(tile.y + 20), style: "tile-label"))
    }
    if tile.height > 46, letters > 7 {
      elements.append(
        .text(
          NumberText.count(tile.part.count), x: .pixels(tile.x + 8), y: .pixels(tile.y + 39),
          style: "tile-label"))
    }
    return SVGElement.group(elements).titled(
      "\(tile.part.label): \(NumberText.count(tile.part.count))")
  }

  private var description: String {
    parts.prefix(12).map { "\($0.label) \(NumberText.count($0.count))" }.joined(separator: ", ")
  }

  var data: ChartData {
    ChartData(
      columns: ["label", "count", "left", "top", "right", "bottom"],
      rows: tiles.map { tile in
        [
          .text(tile.part.label), .integer(tile.part.count),
        ]
          + [tile.x, tile.y, tile.x + tile.width, tile.y + tile.height].map {
            .number($0.rounded(significantDigits: 9))
          }
      })
  }

  var grammar: ChartGrammar {
    ChartGrammar(layers: [
      .init(
        "rect",
        [
          ("x", ChartGrammar.quantity("left")), ("x2", ChartGrammar.end("right")),
          ("y", ChartGrammar.quantity("top", title: nil, [("sort", .string("descending"))])),
          ("y2", ChartGrammar.end("bottom")), ("color", ChartGrammar.quantity("count")),
          ("tooltip", ChartGrammar.words("label")),
        ])
    ])
  }
}
