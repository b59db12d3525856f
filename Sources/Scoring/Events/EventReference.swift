import Artifact
import Records
import StageKit
import Timekeeping

/// What public sources say happened, with source and date (`events.v1`). What else its objects say is for
/// people.
struct EventReference: FieldObject {
  static let isOpen = true

  private(set) var schema = "events.v1"
  private(set) var events: [RecordedEvent] = []

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("schema", &schema, .constant("events.v1"), "Kind of file.")
    f.required("events", &events, .list(.object), "Events, in any order.")
    let names = events.map { "\($0.kind.rawValue) \($0.subject) \($0.date)" }
    f.check(
      "events", Set(names).count == names.count, expected: "each event once",
      found: "one kind, subject and date twice")
  }
}

/// An event that a public source tells of.
struct RecordedEvent: FieldObject {
  static let isOpen = true

  private(set) var kind = NetworkEventKind.incident
  private(set) var subject = ""
  private(set) var date = ""
  private(set) var text = ""
  private(set) var source = ""

  init() {}

  private static let kinds = NetworkEventKind.allCases.filter { $0.origin == .record }

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("kind", &kind, .word, "What kind of event it is.")
    f.check(
      "kind", kind.origin == .record,
      expected: "a kind of public record: \(Self.kinds.map(\.rawValue).joined(separator: ", "))",
      found: kind.rawValue)
    f.required("subject", &subject, .text, "To what it happened.")
    f.check("subject", !subject.isEmpty, expected: "a text", found: "an empty one")
    f.required("date", &date, .text, "Year, month or day, or two of them with / between.")
    f.check(
      "date", CalendarSpan(date) != nil,
      expected: "a year, month or day that exists, as 2019-02, or two with / between",
      found: EscapedText.escape(date))
    f.required("text", &text, .text, "What happened, in one sentence.")
    f.check("text", !text.isEmpty, expected: "a sentence", found: "nothing")
    f.required("source", &source, .text, "https address of the public source.")
    f.check(
      "source", source.hasPrefix("https://"), expected: "an https address",
      found: EscapedText.escape(source))
  }

  /// As the table has it.
  var row: NetworkEvent? {
    CalendarSpan(date).map { span in
      NetworkEvent(
        kind, subject, earliest: span.first, latest: span.last, text: text, source: source)
    }
  }
}
