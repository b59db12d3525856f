import Ordering

/// Places as circles over the world's land.
struct WorldMap {
  struct MapPoint {
    let label: String
    let longitude: Double
    let latitude: Double
    /// Everything there.
    let total: Int
    /// Those that answered.
    let answered: Int
    /// True where only the country is known.
    let isCentroid: Bool
  }

  let id: String
  let title: String
  let places: [MapPoint]

  private static let width = 1080.0
  private static let height = 460.0
  private static let scale = (width / 2 - 4) / EqualEarth.halfWidth
  private static let equator = 258.0

  var drawing: SVGDrawing {
    SVGDrawing(
      id: id, title: title, description: description,
      size: .picture(width: Self.width, height: Self.height),
      elements: [graticule, land] + ordered.map(mark))
  }

  /// Largest first, so that no circle hides a smaller one.
  var ordered: [MapPoint] {
    places.sorted { ($1.total, $0.label) < ($0.total, $1.label) }
  }

  private var description: String {
    ordered.prefix(12).map { "\($0.label) \(NumberText.count($0.total))" }.joined(separator: ", ")
  }

  private func point(_ longitude: Double, _ latitude: Double) -> (x: Double, y: Double) {
    let place = EqualEarth.project(longitude: longitude, latitude: latitude)
    return (Self.width / 2 + place.x * Self.scale, Self.equator - place.y * Self.scale)
  }

  private var graticule: SVGElement {
    var lines: [[(x: Double, y: Double)]] = []
    for longitude in stride(from: -180.0, through: 180, by: 60) {
      lines.append(stride(from: -58.0, through: 84, by: 4).map { point(longitude, $0) })
    }
    for latitude in stride(from: -30.0, through: 60, by: 30) {
      lines.append([point(-180, latitude), point(180, latitude)])
    }
    return .path(lines, closed: false, style: "graticule")
  }

  private var land: SVGElement {
    .path(
      LandOutline.rings.map { $0.map { point($0.longitude, $0.latitude) } }, closed: true,
      style: "land")
  }

  private func radius(_ count: Int) -> Double {
    count == 0 ? 0 : min(48, 5.2 * Double(count).squareRoot())
  }

  private func mark(_ place: MapPoint) -> SVGElement {
    let centre = point(place.longitude, place.latitude)
    let outer = radius(place.total)
    var elements: [SVGElement] = [
      .circle(
        x: .pixels(centre.x), y: .pixels(centre.y), radius: outer,
        style: place.isCentroid ? "place centroid" : "place")
    ]
    if place.answered > 0 {
      let inner = (outer - 2) * (Double(place.answered) / Double(place.total)).squareRoot()
      elements.append(
        .circle(
          x: .pixels(centre.x), y: .pixels(centre.y), radius: inner, style: "place-answered"))
    }
    if outer >= 14 {
      elements.append(
        .text(
          NumberText.count(place.total), x: .pixels(centre.x), y: .pixels(centre.y + 4),
          anchor: .middle, style: outer >= 26 ? "place-count large" : "place-count"))
    }
    let precision = place.isCentroid ? "; drawn at the middle of the country" : ""
    return SVGElement.group(elements, style: "mark").titled(
      "\(place.label): \(NumberText.count(place.total, "server")), "
        + "\(NumberText.count(place.answered)) answered\(precision)")
  }
}
