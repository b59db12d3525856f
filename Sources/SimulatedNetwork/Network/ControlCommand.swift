/// A line by which a running network is told what to do.
enum ControlCommand: Equatable {
  case advance(epochs: Int)
  case epoch
  case stop

  /// Nil for anything else.
  init?(_ line: String) {
    let words = line.split(whereSeparator: \.isWhitespace)
    switch (words.first, words.count) {
    case ("advance", 1): self = .advance(epochs: 1)
    case ("advance", 2):
      guard let epochs = Int(words[1]), epochs > 0 else { return nil }
      self = .advance(epochs: epochs)
    case ("epoch?", 1): self = .epoch
    case ("stop", 1): self = .stop
    default: return nil
    }
  }

  /// Said where a line is none of them.
  static let remedy = "say advance, advance N, epoch? or stop"
}
