import ElectrumProtocol
import Foundation
import Records

/// One exchange, read: its row and the result for those who want more than the row.
struct Reply {
  let record: ExchangeRecord
  let result: WireValue?
  /// The line in base64 where a text in it had to be repaired; nil: texts are exact.
  let inexactLine: String?

  init(
    _ exchange: Exchange, sequence: Int, endpointID: String, attempt: Int, lines: ReplyLines,
    form: ReplyForm
  ) {
    var record = ExchangeRecord(
      endpointID: endpointID, attempt: attempt, sequence: sequence, serverID: "",
      probe: exchange.probe, outcome: exchange.outcome)
    record.sentMilliseconds = exchange.sentMicroseconds.map(Self.milliseconds)
    record.firstByteMilliseconds = Self.difference(exchange.firstByteMicroseconds, exchange)
    record.lastByteMilliseconds = Self.difference(exchange.lastByteMicroseconds, exchange)
    var result: WireValue?
    var inexactLine: String?
    if let line = exchange.line.flatMap({ lines[$0] }),
      let document = try? WireDocument(parsing: line)
    {
      record.describe(document.shape, bytes: line.count, form: form)
      let replies = ElectrumMessage(document.value).replies
      let reply = replies.first { $0.number == exchange.id } ?? replies.first
      if let error = reply?.error {
        record.errorCode = error.code
        record.errorMessage = error.message
      }
      result = reply?.result
      if document.repairs.contains(where: { $0.kind.losesText }) {
        inexactLine = Data(line).base64EncodedString()
      }
      record.resultKind = result?.kindName
      record.resultSkeleton = result.map { TypeSkeleton.text(of: $0) }
    }
    record.classify(exchange)
    self.record = record
    self.result = result
    self.inexactLine = inexactLine
  }

  private static func milliseconds(_ microseconds: Int) -> Double { Double(microseconds) / 1000 }

  private static func difference(_ time: Int?, _ exchange: Exchange) -> Double? {
    guard let time, let sent = exchange.sentMicroseconds else { return nil }
    return milliseconds(time - sent)
  }
}

extension WireDefect.Kind {
  /// Whether U+FFFD stands in a text for what was sent.
  fileprivate var losesText: Bool { self == .invalidUTF8 || self == .loneSurrogate }
}

/// How much of a reply's form its evidence kept.
enum ReplyForm {
  /// Every byte.
  case bytes
  /// The text without its line end (imported).
  case text
  /// What it said, in a line that is not the server's (imported): nothing follows from its form.
  case value
}

extension ExchangeRecord {
  fileprivate mutating func describe(_ shape: WireShape, bytes: Int, form: ReplyForm) {
    if form == .value { return }
    replyBytes = bytes
    if !shape.topKeys.isEmpty { keyOrder = shape.topKeys.joined(separator: ",") }
    separators = shape.separators == .absent ? nil : shape.separators.rawValue
    if form == .bytes, shape.lineEnd != .absent { lineEnd = shape.lineEnd.rawValue }
    paddingBytes = shape.paddingSpaces
  }
}

extension WireValue {
  /// The JSON type's name.
  var kindName: String {
    switch self {
    case .null: "null"
    case .bool: "boolean"
    case .number: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }
}

extension ExchangeRecord {
  /// How the server answered, but for what it said; nil where it did not, or was not itself.
  var shape: String? {
    guard outcome == .answered || outcome == .replyError else { return nil }
    return [
      outcome.rawValue, errorCode.map(String.init) ?? "", resultKind ?? "", keyOrder ?? "",
      separators ?? "",
    ].joined(separator: "|")
  }
}
