import Artifact
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

  mutating func take(_ record: ExchangeRecord) {
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
    let signature = Self.signature(record)
    signatures[signature.signature, default: (0, signature)].count += 1
  }

  private static func signature(_ record: ExchangeRecord) -> ProbeSignature {
    let status = record.outcome == .answered ? "result" : "error"
    let error = record.outcome == .answered ? nil : errorText(record)
    let frame = record.resultSkeleton.map { ResultFrame.frame(of: $0) }
    let parts = [
      status, error ?? "", record.keyOrder ?? "", record.separators ?? "", record.lineEnd ?? "",
      record.resultKind ?? "", frame ?? "",
    ]
    let digest = ContentDigest.hex(parts.joined(separator: "\u{0}").utf8).prefix(16)
    return ProbeSignature(
      serverID: record.serverID, probe: record.probe, status: status, errorMasked: error,
      keyOrder: record.keyOrder, separators: record.separators, lineEnd: record.lineEnd,
      padded: nil, resultKind: record.resultKind, resultFrame: frame, signature: String(digest),
      observations: 0, variants: 0)
  }

  private static func errorText(_ record: ExchangeRecord) -> String? {
    if record.errorCode == nil, record.errorMasked == nil { return nil }
    return (record.errorCode.map(String.init) ?? "-") + (record.errorMasked.map { " " + $0 } ?? "")
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

  func coverage(serverID: String, probe: String) -> Coverage {
    let reason = reasons.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key
    return Coverage(
      serverID: serverID, probe: probe, asked: asked, answered: answered, errors: errors,
      unanswered: unanswered, untested: untested,
      reason: answered + errors > 0 ? nil : reason)
  }
}
