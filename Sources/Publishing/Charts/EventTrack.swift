/// Events drawn under a series of scans: a lane for each kind, a mark at each scan by which one was seen.
struct EventTrack {
  /// One event: when it had happened at the latest, of which kind, and what, in a sentence.
  struct Event: Equatable {
    /// RFC 3339, UTC.
    let time: String
    /// Words that name the kind; events of one kind share a lane.
    let kind: String
    let text: String

    init(time: String, kind: String, text: String) {
      self.time = time
      self.kind = kind
      self.text = text
    }
  }

  private struct Lane {
    let kind: String
    /// The events by the place of their scan.
    let marks: [(column: Int, events: [Event])]
  }

  private let lanes: [Lane]

  private static let pitch = 30.0

  /// - Parameters:
  ///   - events: in any order.
  ///   - times: start of each scan, RFC 3339, in the order of the series; nil: not known.
  init(_ events: [Event], times: [String?]) {
    let known = times.enumerated().compactMap { index, time in time.map { (index, $0) } }
    var marks: [String: [Int: [Event]]] = [:]
    for event in events {
      // To the second: tables take the start of a scan from its name, manifests tell it finer.
      let time = event.time.prefix(19)
      guard let place = known.first(where: { $0.1.prefix(19) >= time })?.0,
        let first = known.first, time >= first.1.prefix(19)
      else { continue }
      marks[event.kind, default: [:]][place, default: []].append(event)
    }
    lanes = marks.sorted { $0.key < $1.key }.map { kind, places in
      Lane(
        kind: kind,
        marks: places.sorted { $0.key < $1.key }.map { place, events in
          (place, events.sorted { ($0.time, $0.text) < ($1.time, $1.text) })
        })
    }
  }

  static let none = EventTrack([], times: [])

  var isEmpty: Bool { lanes.isEmpty }

  var height: Double { Double(lanes.count) * Self.pitch + (isEmpty ? 0 : 6) }

  /// - Parameters:
  ///   - top: where the lanes begin.
  ///   - span: both ends of a lane.
  ///   - place: the middle of the column of a scan.
  func elements(
    top: Double, span: (SVGLength, SVGLength), place: (Int) -> SVGLength
  ) -> [SVGElement] {
    lanes.enumerated().flatMap { index, lane -> [SVGElement] in
      let y = top + Double(index) * Self.pitch
      let count = lane.marks.reduce(0) { $0 + $1.events.count }
      return [
        .text(
          "\(lane.kind) (\(NumberText.count(count)))", x: span.0, y: .pixels(y + 15), style: "muted"
        ),
        .line(x1: span.0, y1: .pixels(y + 25), x2: span.1, y2: .pixels(y + 25), style: "grid"),
      ]
        + lane.marks.map { mark in
          SVGElement.circle(
            x: place(mark.column), y: .pixels(y + 25), radius: mark.events.count > 1 ? 5.5 : 4,
            style: "event"
          ).titled(mark.events.map { "\($0.time.prefix(10)): \($0.text)" }.joined(separator: "; "))
        }
    }
  }

  /// Continues the description of a series.
  var description: String {
    lanes.map { lane in
      "\(lane.kind): " + lane.marks.flatMap(\.events).prefix(12).map(\.text).joined(separator: ", ")
    }.map { "; " + $0 }.joined()
  }
}
