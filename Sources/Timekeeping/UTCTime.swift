import Foundation

/// A moment of UTC, to the microsecond.
public struct UTCTime: Sendable, Hashable, Comparable {
  /// Since 1970.
  public let microseconds: Int

  public init(microseconds: Int) {
    self.microseconds = microseconds
  }

  public static func < (left: UTCTime, right: UTCTime) -> Bool {
    left.microseconds < right.microseconds
  }

  /// `2026-01-02T03:04:05.678901Z`.
  public var text: String {
    Self.text(seconds: seconds.quotient, microseconds: seconds.remainder)
  }

  /// `20260102T030405Z`, as scans are named.
  public var compact: String {
    Self.text(seconds: seconds.quotient).filter { $0 != "-" && $0 != ":" }
  }

  /// Reads `20260102T030405Z`; nil for anything else, also for a day that does not exist.
  public init?(compact: String) {
    var text = ""
    for (index, character) in compact.enumerated() {
      if index == 4 || index == 6 { text += "-" }
      if index == 11 || index == 13 { text += ":" }
      text.append(character)
    }
    guard let microseconds = Self.microseconds(text),
      Self.text(seconds: microseconds / 1_000_000) == text
    else { return nil }
    self.init(microseconds: microseconds)
  }

  private var seconds: (quotient: Int, remainder: Int) {
    microseconds.quotientAndRemainder(dividingBy: 1_000_000)
  }
}

extension UTCTime {
  /// Reads ISO 8601 with a time of day to the second and `Z` or an offset; nil for anything else.
  ///
  /// `2026-01-02T03:04:05Z`, `2026-01-02 03:04:05.25+01:00`: what lies beyond microseconds is dropped.
  public init?(iso8601 text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " ") else {
      return nil
    }
    func digits(_ range: Range<Int>) -> Bool {
      range.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[$0]) }
    }
    let whole = String(decoding: bytes[..<10] + [UInt8(ascii: "T")] + bytes[11..<19], as: UTF8.self)
    // A day or hour that does not exist comes back as another.
    guard let start = Self.microseconds(whole + "Z"),
      Self.text(seconds: start / 1_000_000) == whole + "Z"
    else { return nil }
    var end = 19
    var fraction = 0
    if bytes[end] == UInt8(ascii: ".") {
      let first = end + 1
      end = first
      while end < bytes.count, digits(end..<(end + 1)) { end += 1 }
      guard end > first else { return nil }
      let six = String(decoding: bytes[first..<end].prefix(6), as: UTF8.self)
      fraction = Int(six.padding(toLength: 6, withPad: "0", startingAt: 0)) ?? 0
    }
    guard let offset = Self.offsetSeconds(bytes[end...]) else { return nil }
    self.init(microseconds: start + fraction - offset * 1_000_000)
  }

  /// `Z`, `+01:00`, `-0130`.
  private static func offsetSeconds(_ bytes: ArraySlice<UInt8>) -> Int? {
    if bytes.elementsEqual("Z".utf8) { return 0 }
    let rest = bytes.dropFirst().filter { $0 != UInt8(ascii: ":") }
    guard let sign = bytes.first.map({ Character(Unicode.Scalar($0)) }), sign == "+" || sign == "-",
      rest.count == 4, let number = Int(String(decoding: rest, as: UTF8.self)), number >= 0,
      number / 100 < 24, number % 100 < 60
    else { return nil }
    let seconds = number / 100 * 3600 + number % 100 * 60
    return sign == "+" ? seconds : -seconds
  }
}
