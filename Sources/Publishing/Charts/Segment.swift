/// The look of a mark: a class of the style sheet, never colour alone (labels and patterns too).
enum Tone: String {
  case answered
  case partial
  case failed
  case untested
  case plain
  case proved
  case statistical
  case descriptive

  var style: String { "tone-\(rawValue)" }
}

/// One part of a bar.
struct Segment {
  let label: String
  let count: Int
  let tone: Tone
}

/// One line of a chart.
struct ChartRow {
  let label: String
  let segments: [Segment]

  init(_ label: String, _ segments: [Segment]) {
    self.label = label
    self.segments = segments
  }

  init(_ label: String, _ count: Int, _ tone: Tone = .plain) {
    self.init(label, [Segment(label: "", count: count, tone: tone)])
  }

  var total: Int { segments.reduce(0) { $0 + $1.count } }
}
