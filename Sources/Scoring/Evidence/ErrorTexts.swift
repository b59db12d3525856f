import Artifact
import PhishingTexts
import StageKit

/// Texts of errors that are known to be honest (`error-texts.v1`), each with its source. What else its objects
/// say is for people.
struct ErrorTexts: FieldObject {
  static let isOpen = true

  /// A part of a text.
  struct Entry: FieldObject {
    static let isOpen = true

    enum Sender: String, CaseIterable, Sendable {
      case release
      case gateway
    }

    fileprivate(set) var contains = ""
    private(set) var of = Sender.release
    private(set) var source = ""
    private(set) var date = ""

    init() {}

    mutating func fields<F: Fields>(_ f: inout F) {
      f.required("contains", &contains, .text, "A part of the text, in any case.")
      f.check(
        "contains", contains.count >= ErrorTexts.shortest,
        expected:
          "at least \(ErrorTexts.shortest) characters: a shorter part is in texts of attacks too",
        found: "\(contains.count)")
      f.required("of", &of, .word, "Who sends it: a release of a server, or a proxy before one.")
      f.required("source", &source, .text, "Where it is written.")
      f.required("date", &date, .text, "State of the source.")
    }
  }

  fileprivate static let shortest = 8

  private(set) var texts: [Entry] = []

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("texts", &texts, .list(.object), "Parts of texts.")
  }

  /// Beside what the program contains.
  var known: KnownErrors {
    func parts(_ sender: Entry.Sender) -> [String] {
      texts.filter { $0.of == sender }.map(\.contains)
    }
    return KnownErrors.contained.adding(
      KnownErrors(releases: parts(.release), gateways: parts(.gateway)))
  }
}
