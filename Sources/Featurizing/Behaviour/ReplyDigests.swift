import Artifact
import Digests
import Memoization
import Records

/// What replies look like, each different one digested once: a network answers millions of
/// times in a few hundred forms.
struct ReplyDigests {
  struct Form {
    /// `result` or `error`.
    let status: String
    /// Code and masked text; nil: no error.
    let error: String?
    /// Types of the result; nil: no result.
    let frame: String?
    /// Of all that makes the form out.
    let digest: String
  }

  /// By what a record says, as it is.
  private var forms = Memo<SortKey, Form>(capacity: 2048)

  /// - Parameter record: of a result or an error.
  mutating func form(of record: ExchangeRecord) -> Form {
    forms.value(for: Self.key(record)) { Self.form(record) }
  }

  private static func key(_ record: ExchangeRecord) -> SortKey {
    var key = SortKey()
    key.append(record.outcome == .answered ? 1 : 0)
    for text in [
      record.errorMasked, record.keyOrder, record.separators, record.lineEnd, record.resultKind,
      record.resultSkeleton,
    ] {
      key.append(text == nil ? 0 : 1)
      key.append(text ?? "")
    }
    record.errorCode.map { key.append($0) }
    return key
  }

  private static func form(_ record: ExchangeRecord) -> Form {
    let status = record.outcome == .answered ? "result" : "error"
    let error = record.outcome == .answered ? nil : errorText(record)
    let frame = record.resultSkeleton.map { ResultFrame.frame(of: $0) }
    let parts = [
      status, error ?? "", record.keyOrder ?? "", record.separators ?? "", record.lineEnd ?? "",
      record.resultKind ?? "", frame ?? "",
    ]
    let digest = SHA256.hex(parts.joined(separator: "\u{0}").utf8).prefix(16)
    return Form(status: status, error: error, frame: frame, digest: String(digest))
  }

  private static func errorText(_ record: ExchangeRecord) -> String? {
    if record.errorCode == nil, record.errorMasked == nil { return nil }
    return (record.errorCode.map(String.init) ?? "-") + (record.errorMasked.map { " " + $0 } ?? "")
  }
}
