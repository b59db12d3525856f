import Records

/// What one server did with one probe over a series.
struct ProbeTally {
  var asked = 0
  var answered = 0
  var errors = 0
  var unanswered = 0
  var untested = 0
  private var reasons: [String: Int] = [:]
  private var signatures: [String: (count: Int, example: ProbeSignature)] = [:]
  /// nil: no reply shows whether it was.
  private var isPadded: Bool?

  mutating func take(_ record: ExchangeRecord, _ forms: inout ReplyForms) {
    guard record.outcome.isTested else {
      untested += 1
      reasons[record.outcome.rawValue, default: 0] += 1
      return
    }
    asked += 1
    guard record.outcome == .answered || record.outcome == .replyError else {
      unanswered += 1
      reasons[record.outcome.rawValue, default: 0] += 1
      return
    }
    if record.outcome == .answered { answered += 1 } else { errors += 1 }
    if let padding = record.paddingBytes { isPadded = isPadded == true || padding > 0 }
    let form = forms.form(of: record)
    signatures[form.digest, default: (0, Self.signature(record, form))].count += 1
  }

  private static func signature(
    _ record: ExchangeRecord, _ form: ReplyForms.Form
  ) -> ProbeSignature {
    ProbeSignature(
      serverID: record.serverID, probe: record.probe, status: form.status,
      errorMasked: form.error, keyOrder: record.keyOrder, separators: record.separators,
      lineEnd: record.lineEnd, padded: nil, resultKind: record.resultKind, signature: form.digest,
      observations: 0, variants: 0)
  }

  /// The most frequent signature, ties to the smaller; nil where no reply came.
  func signature() -> ProbeSignature? {
    let best = signatures.values.min {
      ($1.count, $0.example.signature) < ($0.count, $1.example.signature)
    }
    guard let best else { return nil }
    var signature = best.example
    signature.observations = best.count
    signature.variants = signatures.count
    signature.padded = isPadded
    return signature
  }

  func coverage(serverID: String, probe: String) -> Coverage {
    let reason = reasons.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key
    return Coverage(
      serverID: serverID, probe: probe, asked: asked, answered: answered, errors: errors,
      unanswered: unanswered, untested: untested,
      reason: answered + errors > 0 ? nil : reason)
  }
}
