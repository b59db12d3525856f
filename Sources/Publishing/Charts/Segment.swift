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
  /// What stands at the end of the line.
  let value: String

  /// - Parameter value: nil for the sum of the segments.
  init(_ label: String, _ segments: [Segment], value: String? = nil) {
    self.label = label
    self.segments = segments
    self.value = value ?? NumberText.count(segments.reduce(0) { $0 + $1.count })
  }

  /// A row of which the first segment is what the reader asks for: `3 of 26`.
  static func first(_ label: String, _ segments: [Segment]) -> ChartRow {
    let all = segments.reduce(0) { $0 + $1.count }
    let first = NumberText.count(segments.first?.count ?? 0)
    return ChartRow(label, segments, value: "\(first) of \(NumberText.count(all))")
  }

  init(_ label: String, _ count: Int, _ tone: Tone = .plain) {
    self.init(label, [Segment(label: "", count: count, tone: tone)])
  }

  var total: Int { segments.reduce(0) { $0 + $1.count } }
}
