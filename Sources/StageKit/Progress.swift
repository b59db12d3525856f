import Foundation

/// How far a stage is, for people: in place on a terminal, a line a minute in a log.
public final class Progress {
  private let label: String
  private let unit: String
  private let total: Int?
  private let isTerminal: Bool
  private let isQuiet: Bool
  private let start = ContinuousClock.now
  private var last: ContinuousClock.Instant
  private var done = 0
  private var hasShown = false

  init(label: String, unit: String, total: Int?, isQuiet: Bool) {
    self.label = label
    self.unit = unit
    self.total = total
    self.isQuiet = isQuiet
    isTerminal = isatty(STDERR_FILENO) == 1
    last = start
  }

  /// Tells that `count` more units are done.
  public func advance(_ count: Int = 1) {
    done += count
    show()
  }

  /// Tells how many are done in all, with a note behind it.
  public func set(_ count: Int, note: String = "") {
    done = count
    show(note: note)
  }

  private func show(note: String = "") {
    guard !isQuiet else { return }
    let now = ContinuousClock.now
    guard now - last >= (isTerminal ? .milliseconds(200) : .seconds(60)) else { return }
    last = now
    hasShown = true
    write(line(elapsed: Self.seconds(now - start), note: note))
  }

  /// Ends the line on a terminal.
  public func finish() {
    guard hasShown, isTerminal, !isQuiet else { return }
    FileHandle.standardError.write(Data("\r\u{1b}[K".utf8))
  }

  func line(elapsed: Double, note: String) -> String {
    let rate = elapsed > 0 ? Double(done) / elapsed : 0
    var text = "\(label): \(done)"
    if let total { text += " of \(total)" }
    text += " \(unit), \(Int(rate.rounded())) a second"
    if let total, rate > 0, total > done {
      text += ", \(Int((Double(total - done) / rate).rounded(.up))) s left"
    }
    return note.isEmpty ? text : text + ", " + note
  }

  private func write(_ text: String) {
    let line = isTerminal ? "\r\u{1b}[K" + text : text + "\n"
    FileHandle.standardError.write(Data(line.utf8))
  }

  private static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  }
}
