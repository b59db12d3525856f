internal import Artifact

/// Parts of a whole as areas, each divided into its own parts (squarified, after Bruls, Huizing and
/// van Wijk 2000).
struct TreemapChart {
  struct Part {
    let label: String
    let count: Int
    let tone: Tone
    /// What it consists of, greatest first; their counts add up to its own. Empty: it is not divided.
    var parts: [Part] = []
  }

  private struct Tile {
    let part: Part
    /// Label of the part that it is in; its own where it is in none.
    let whole: String
    let area: Area
  }

  private struct Area {
    var x: Double
    var y: Double
    var width: Double
    var height: Double
  }

  let id: String
  let title: String
  /// Greatest first.
  let parts: [Part]

  private static let width = 1080.0
  private static let height = 440.0

  private var blocks: [(part: Part, area: Area)] {
    Self.divide(parts, Area(x: 0, y: 0, width: Self.width, height: Self.height))
  }

  private var tiles: [Tile] {
    blocks.flatMap { block -> [Tile] in
      guard !block.part.parts.isEmpty else {
        return [Tile(part: block.part, whole: block.part.label, area: block.area)]
      }
      return Self.divide(block.part.parts, block.area).map {
        Tile(part: $0.part, whole: block.part.label, area: $0.area)
      }
    }
  }

  private static func divide(_ parts: [Part], _ frame: Area) -> [(part: Part, area: Area)] {
    let shown = parts.filter { $0.count > 0 }
    let scale =
      frame.width * frame.height / Double(max(shown.reduce(0) { $0 + $1.count }, 1))
    var free = frame
    var tiles: [(part: Part, area: Area)] = []
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
      let depth = row.reduce(0) { $0 + Double($1.count) } * scale / max(side, 1e-9)
      let isUpright = free.width >= free.height
      var offset = 0.0
      for part in row {
        let length = Double(part.count) * scale / max(depth, 1e-9)
        tiles.append(
          (
            part,
            isUpright
              ? Area(x: free.x, y: free.y + offset, width: depth, height: length)
              : Area(x: free.x + offset, y: free.y, width: length, height: depth)
          ))
        offset += length
      }
      if isUpright {
        free.x += depth
        free.width -= depth
      } else {
        free.y += depth
        free.height -= depth
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
      size: .sheet(width: Self.width, height: Self.height),
      elements: tiles.map(Self.element) + blocks.flatMap(Self.block))
  }

  private static func element(_ tile: Tile) -> SVGElement {
    let label = tile.part.label == tile.whole ? tile.whole : "\(tile.whole), \(tile.part.label)"
    return SVGElement.rectangle(
      x: .pixels(tile.area.x + 1.5), y: .pixels(tile.area.y + 1.5),
      width: .pixels(max(tile.area.width - 3, 0.5)),
      height: .pixels(max(tile.area.height - 3, 0.5)), corner: 2, style: "tile-\(tile.part.tone)"
    ).titled("\(label): \(NumberText.count(tile.part.count))")
  }

  /// The frame of a part with its name and count, as far as there is room.
  private static func block(_ part: Part, _ area: Area) -> [SVGElement] {
    var elements: [SVGElement] = []
    if part.parts.count > 1 {
      elements.append(
        .rectangle(
          x: .pixels(area.x + 0.5), y: .pixels(area.y + 0.5),
          width: .pixels(max(area.width - 1, 0.5)),
          height: .pixels(max(area.height - 1, 0.5)), corner: 3, style: "block"))
    }
    let letters = Int((area.width - 16) / 9)
    guard area.height > 26, letters > 4 else { return elements }
    let x = SVGLength.pixels(area.x + 8)
    elements.append(
      .text(
        VisibleText.show(part.label, limit: letters - 1), x: x, y: .pixels(area.y + 20),
        style: "tile-label"))
    if area.height > 46 {
      elements.append(
        .text(
          NumberText.count(part.count), x: x, y: .pixels(area.y + 39), style: "tile-label"))
    }
    return elements
  }

  private var description: String {
    parts.prefix(12).map { "\($0.label) \(NumberText.count($0.count))" }.joined(separator: ", ")
  }

  var data: ChartData {
    ChartData(
      columns: ["whole", "label", "count", "left", "top", "right", "bottom"],
      rows: tiles.map { tile in
        let area = tile.area
        return [.text(tile.whole), .text(tile.part.label), .integer(tile.part.count)]
          + [area.x, area.y, area.x + area.width, area.y + area.height].map {
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
