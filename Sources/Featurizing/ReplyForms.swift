import Artifact
import Records
import ServerTexts

/// What replies look like, each different one masked and digested once: a network answers millions of
/// times in a few hundred forms.
struct ReplyForms {
  struct Form {
    /// `result` or `error`.
    let status: String
    /// Code and masked text; nil: no error.
    let error: String?
    /// Of all that makes the form out.
    let digest: String
  }

  /// So that error texts that are never twice the same do not fill the memory.
  private static let mostKnown = 4096

  /// By what a record says, as it is.
  private var known: [SortKey: Form] = [:]

  /// - Parameter record: of a result or an error.
  mutating func form(of record: ExchangeRecord) -> Form {
    let key = Self.key(record)
    if let form = known[key] { return form }
    if known.count >= Self.mostKnown { known = [:] }
    let form = Self.form(record)
    known[key] = form
    return form
  }

  private static func key(_ record: ExchangeRecord) -> SortKey {
    var key = SortKey()
    key.append(record.outcome == .answered ? 1 : 0)
    for text in [
      record.errorMessage, record.keyOrder, record.separators, record.lineEnd, record.resultKind,
    ] {
      key.append(text == nil ? 0 : 1)
      key.append(text ?? "")
    }
    record.errorCode.map { key.append($0) }
    return key
  }

  private static func form(_ record: ExchangeRecord) -> Form {
    let status = record.outcome == .answered ? "result" : "error"
    let error = record.errorMessage.map {
      "\(record.errorCode.map(String.init) ?? "-") \(ErrorMask.mask($0))"
    }
    let parts = [
      status, error ?? "", record.keyOrder ?? "", record.separators ?? "", record.lineEnd ?? "",
      record.resultKind ?? "",
    ]
    let digest = ContentDigest.hex(parts.joined(separator: "\u{0}").utf8).prefix(16)
    return Form(status: status, error: error, digest: String(digest))
  }
}
