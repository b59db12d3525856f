public import Artifact
import Timekeeping

/// What a label is about.
public enum LabelKind: String, Sendable, CaseIterable {
  /// Which servers one operator runs: the label names the group.
  case `operator`
  /// Whether a server deviates from the protocol.
  case conduct
  /// Whether the text of an error, replayed, leads its reader to a program.
  case errorText = "error-text"
  /// The same of a banner.
  case banner
}

/// What is known of one unit from outside the scans: one line of a file of labels (`labels.v1`).
public struct Label: FieldObject, Equatable {
  /// The words of a label that is no group.
  public enum Verdict: String, Sendable, CaseIterable {
    case deviates
    case honest
    /// Somebody looked, and what there was does not decide it.
    case unusable
    /// Nobody could have seen it in a scan: not finding it is no miss.
    case notScoreable = "not-scoreable"
  }

  public private(set) var id = ""
  public private(set) var kind = LabelKind.operator
  /// A name, an address or an id of a server; for texts, the text.
  public private(set) var unit = ""
  public private(set) var label = ""
  /// The group of evidence that the label rests on; nil: none that these programs use.
  public private(set) var evidenceGroup: String?
  /// Whether all servers of the group are labelled.
  public private(set) var complete = false
  /// A permanent case: that it fires, or is joined with another group, is an error of ours.
  public private(set) var mustNotFire = false
  public private(set) var rationale = ""
  public private(set) var source = ""
  public private(set) var date = ""
  public private(set) var supersededBy: String?

  public init() {}

  /// The verdict; nil: the label is the name of a group.
  public var verdict: Verdict? { Verdict(rawValue: label) }

  /// Whether it says what a conclusion can be compared with.
  public var isScoreable: Bool { verdict != .unusable && verdict != .notScoreable }

  public mutating func fields<F: Fields>(_ f: inout F) {
    f.required("id", &id, .text, "Permanent name of the label, never given to another.")
    f.check("id", !id.isEmpty, expected: "a name", found: "nothing")
    f.required("kind", &kind, .word, "What the label is about.")
    f.required("unit", &unit, .text, "A name, an address or an id of a server; the text itself.")
    f.check("unit", !unit.isEmpty, expected: "a server or a text", found: "nothing")
    f.required(
      "label", &label, .text,
      "Of an operator, the name of the group; else deviates or honest; of any, unusable or not-scoreable."
    )
    f.check("label", holds, expected: words, found: EscapedText.escape(label))
    f.field("evidence_group", &evidenceGroup, .text, "Group of evidence that the label rests on.")
    f.field("complete", &complete, .flag, "Whether all servers of the group are labelled.")
    f.check(
      "complete", !complete || kind == .operator, expected: "false: only an operator has servers",
      found: "true")
    f.field("must_not_fire", &mustNotFire, .flag, "Whether it is a permanent case.")
    f.check(
      "must_not_fire", !mustNotFire || isPermanent,
      expected: "false: a server, or text, that is not honest may fire", found: "true")
    f.required("rationale", &rationale, .text, "Why the label holds.")
    f.check("rationale", !rationale.isEmpty, expected: "a reason", found: "nothing")
    f.required("source", &source, .text, "https address of who says so.")
    f.check(
      "source", source.hasPrefix("https://"), expected: "an https address",
      found: EscapedText.escape(source))
    f.required("date", &date, .text, "When it held: a year, month or day, or two with / between.")
    f.check(
      "date", CalendarSpan(date) != nil, expected: "a date of the calendar, as 2025-12-07",
      found: EscapedText.escape(date))
    f.field("superseded_by", &supersededBy, .text, "Id of the label that stands in its place.")
  }

  private var holds: Bool {
    switch kind {
    case .operator: !label.isEmpty && verdict != .deviates && verdict != .honest
    case .conduct, .errorText, .banner: verdict != nil
    }
  }

  private var words: String {
    switch kind {
    case .operator: "the name of a group, unusable or not-scoreable"
    case .conduct, .errorText, .banner:
      "one of \(Verdict.allCases.map(\.rawValue).joined(separator: ", "))"
    }
  }

  private var isPermanent: Bool {
    switch kind {
    case .operator: verdict == nil
    case .conduct, .errorText, .banner: verdict == .honest
    }
  }
}
