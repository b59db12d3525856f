import Records

/// What one server did with one probe over a series.
struct ProbeTally {
  var asked = 0
  var answered = 0
  var errors = 0
  var unanswered = 0
  var untested = 0
  private var reasons: [Outcome: Int] = [:]
  private var signatures: [String: (count: Int, example: ProbeSignature)] = [:]
  /// nil: no reply shows whether it was.
  private var isPadded: Bool?

  mutating func take(_ record: ExchangeRecord, _ forms: inout ReplyDigests) {
    guard record.outcome.isTested else {
      untested += 1
      reasons[record.outcome, default: 0] += 1
      return
    }
    asked += 1
    guard record.outcome == .answered || record.outcome == .replyError else {
      unanswered += 1
      reasons[record.outcome, default: 0] += 1
      return
    }
    if record.outcome == .answered { answered += 1 } else { errors += 1 }
    if let padding = record.paddingBytes { isPadded = isPadded == true || padding > 0 }
    let form = forms.form(of: record)
    signatures[form.digest, default: (0, Self.signature(record, form))].count += 1
  }

  private static func signature(
    _ record: ExchangeRecord, _ form: ReplyDigests.Form
  ) -> ProbeSignature {
    ProbeSignature(
      serverID: record.serverID, probe: record.probe, status: form.status, signature: form.digest
    ).with {
      $0.errorMasked = form.error
      $0.keyOrder = record.keyOrder
      $0.separators = record.separators
      $0.lineEnd = record.lineEnd
      $0.padded = nil
      $0.resultKind = record.resultKind
      $0.resultFrame = form.frame
      $0.observations = 0
      $0.variants = 0
    }
  }

  /// The most frequent signature, ties to the smaller; nil where no reply came. Where the form of
  /// some replies is not known (imported), those of which it is known go first.
  func signature() -> ProbeSignature? {
    let whole = signatures.values.filter { $0.example.lineEnd != nil }
    let best = (whole.isEmpty ? Array(signatures.values) : whole).min {
      ($1.count, $0.example.signature) < ($0.count, $1.example.signature)
    }
    guard let best else { return nil }
    var signature = best.example
    signature.observations = best.count
    signature.variants = signatures.count
    signature.padded = isPadded
    return signature
  }

  /// True where a reply came, with a result or an error.
  var isCovered: Bool { answered + errors > 0 }

  /// Why no result came; nil: one came, or nothing is known.
  var missingReason: UnknownReason? {
    guard answered == 0 else { return nil }
    return (errors > 0 ? .replyError : mostFrequentReason).map { .outcome($0) }
  }

  private var mostFrequentReason: Outcome? {
    reasons.min { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }?.key
  }

  /// Takes in what the same server did in another epoch.
  mutating func merge(_ other: ProbeTally) {
    asked += other.asked
    answered += other.answered
    errors += other.errors
    unanswered += other.unanswered
    untested += other.untested
    reasons.merge(other.reasons) { $0 + $1 }
    signatures.merge(other.signatures) { ($0.count + $1.count, $0.example) }
    if let padded = other.isPadded { isPadded = isPadded == true || padded }
  }

  func coverage(serverID: String, probe: String) -> Coverage {
    Coverage(serverID: serverID, probe: probe).with {
      $0.asked = asked
      $0.answered = answered
      $0.errors = errors
      $0.unanswered = unanswered
      $0.untested = untested
      $0.reason = isCovered ? nil : mostFrequentReason?.rawValue
    }
  }
}

extension ProbeSignature {
  /// True for JSON-RPC's error -32601, method not found.
  var isRefusal: Bool { errorMasked?.split(separator: " ").first == "-32601" }
}
