/// A year, month or day of UTC, or the time from one to another.
public struct CalendarSpan: Sendable, Equatable {
  /// Its first second and its last one, as RFC 3339.
  public let first: String
  public let last: String

  /// Reads `2019`, `2019-02`, `2019-02-27`, or two of them with `/` between; nil for anything else, also
  /// for a day that does not exist or an end before the start.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard let start = parts.first, let end = parts.last, parts.count <= 2,
      let from = Self.bounds(start), let to = Self.bounds(end), from.first <= to.first
    else { return nil }
    first = UTCTime.text(seconds: from.first)
    last = UTCTime.text(seconds: to.last)
  }

  private static func bounds(_ text: Substring) -> (first: Int, last: Int)? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let widths = [4, 2, 2].prefix(parts.count)
    guard (1...3).contains(parts.count),
      zip(parts, widths).allSatisfy({ part, width in
        part.utf8.count == width && part.utf8.allSatisfy { (48...57).contains($0) }
      })
    else { return nil }
    let numbers = parts.compactMap { Int($0) }
    let year = numbers[0]
    guard
      let first = seconds(year, numbers.dropFirst().first ?? 1, numbers.count == 3 ? numbers[2] : 1)
    else { return nil }
    switch numbers.count {
    case 1: return seconds(year + 1, 1, 1).map { (first, $0 - 1) }
    case 2:
      let month = numbers[1]
      return seconds(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1)
        .map { (first, $0 - 1) }
    default: return (first, first + 86_399)
    }
  }

  /// Of the start of a day; nil where there is no such day.
  private static func seconds(_ year: Int, _ month: Int, _ day: Int) -> Int? {
    func pad(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
    let text = "\(pad(year, 4))-\(pad(month, 2))-\(pad(day, 2))T00:00:00Z"
    guard let time = UTCTime.microseconds(text) else { return nil }
    let seconds = time / 1_000_000
    return UTCTime.text(seconds: seconds) == text ? seconds : nil
  }
}
