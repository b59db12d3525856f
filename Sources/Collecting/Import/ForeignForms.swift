import Artifact
import ElectrumProtocol
import Records
import Timekeeping

// How values stand in foreign files: forms that mean the same are read the same.

extension FieldForm where Value == JSONValue {
  /// Any JSON that the field may hold.
  static func json(
    _ expected: String, where holds: @escaping @Sendable (JSONValue) -> Bool
  ) -> FieldForm {
    anything.converted(
      expected: expected, .wrongType, into: { holds($0) ? $0 : nil }, from: { $0 })
  }
}

extension FieldForm where Value == Int {
  /// A port: a number, also with a zero fraction as tables with gaps have it, or its text.
  static var foreignPort: FieldForm {
    FieldForm<JSONValue>.anything.converted(
      expected: "a port, 1 to 65535, or null",
      into: { json in
        switch json {
        case .integer(let number): (1...65535).contains(number) ? number : nil
        case .number(let number):
          Int(exactly: number).flatMap { (1...65535).contains($0) ? $0 : nil }
        case .string(let text): PortText.port(text)
        case .null, .boolean, .array, .object: nil
        }
      }, from: { .integer($0) })
  }
}

/// A port of a list: its number, or the network's usual one.
enum ListedPort: Sendable, Hashable {
  case number(Int)
  case usual

  /// As the features of a peer have it, behind the letter of its transport.
  var digits: String {
    switch self {
    case .number(let number): String(number)
    case .usual: ""
    }
  }
}

extension FieldForm where Value == ListedPort? {
  /// As a port, or `default` or a letter alone for the network's usual one; null and an empty text say
  /// that there is none.
  static var listedPort: FieldForm {
    FieldForm<JSONValue>.anything.converted(
      expected: "a port, 1 to 65535, default or null",
      into: { json in
        switch json {
        case .null, .string(""): return .some(nil)
        case .string("default"), .string("t"), .string("s"): return .usual
        case .string, .integer, .number, .boolean, .array, .object:
          var mistakes: [ObjectMistake] = []
          let reading = FieldForm<Int>.foreignPort.read(json, nil, "", &mistakes)
          return (reading?.value).map { .number($0) }
        }
      }, from: { $0.map { .string($0.digits) } ?? .null })
  }
}

extension FieldForm where Value == UTCTime {
  /// Nobody asked a server before Bitcoin's first block; other ends of the calendar stand for no time.
  private static let years = 2009...2199

  static var foreignTime: FieldForm {
    FieldForm<String>.text.converted(
      expected:
        "a time in ISO 8601 with Z or an offset, of the years \(years.lowerBound) to \(years.upperBound)",
      into: { text in
        UTCTime(iso8601: text).flatMap { time in
          Int(time.text.prefix(4)).flatMap { years.contains($0) ? time : nil }
        }
      }, from: { $0.text })
  }
}

extension FieldForm where Value == String {
  /// A text, or a number that other programs write without quotes.
  static var foreignText: FieldForm {
    FieldForm<JSONValue>.anything.converted(
      expected: "text or null",
      into: { json in
        switch json {
        case .string(let text): text
        case .integer, .number: json.canonicalText
        case .null, .boolean, .array, .object: nil
        }
      }, from: { .string($0) })
  }

  /// 64 hexadecimal digits in either case.
  static var sha256: FieldForm {
    FieldForm<String>.text.converted(
      expected: "64 hexadecimal digits",
      into: { BlockHashText.canonical($0) }, from: { $0 })
  }
}
