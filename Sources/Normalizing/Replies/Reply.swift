import ElectrumProtocol
import Records

/// One exchange, read: its row and the result for those who want more than the row.
struct Reply {
  let record: ExchangeRecord
  let result: WireValue?
  /// The line in base64 where a text in it had to be repaired; nil: texts are exact.
  let inexactLine: String?

  /// - Parameter memory: of lines that were read before.
  init(
    _ exchange: Exchange, sequence: Int, endpointID: String, attempt: Int, lines: ReplyLines,
    form: KeptForm, memory: LineMemory = LineMemory()
  ) {
    var record = ExchangeRecord(
      endpointID: endpointID, serverID: "", probe: exchange.probe, outcome: exchange.outcome
    ).with {
      $0.attempt = attempt
      $0.sequence = sequence
    }
    record.sentMilliseconds = exchange.sentMicroseconds.map(Self.milliseconds)
    record.firstByteMilliseconds = Self.difference(exchange.firstByteMicroseconds, exchange)
    record.lastByteMilliseconds = Self.difference(exchange.lastByteMicroseconds, exchange)
    let read = exchange.line.flatMap { lines[$0] }.flatMap { line in
      exchange.probe == "server.peers.subscribe"
        ? memory.read(peers: line, to: exchange.id) : memory.read(line, to: exchange.id)
    }
    if let read { record.take(read, form: form) }
    record.classify(exchange)
    self.record = record
    result = read?.result
    inexactLine = read?.inexactLine
  }

  private static func milliseconds(_ microseconds: Int) -> Double { Double(microseconds) / 1000 }

  private static func difference(_ time: Int?, _ exchange: Exchange) -> Double? {
    guard let time, let sent = exchange.sentMicroseconds else { return nil }
    return milliseconds(time - sent)
  }
}

/// How much of a reply's form its evidence kept.
enum KeptForm {
  /// Every byte.
  case bytes
  /// The text without its line end (imported).
  case text
  /// What it said, in a line that is not the server's (imported): nothing follows from its form.
  case value
}

extension ExchangeRecord {
  fileprivate mutating func take(_ read: ReadLine, form: KeptForm) {
    errorCode = read.errorCode
    errorMessage = read.errorMessage
    errorMasked = read.errorMasked
    errorExactSHA256 = read.errorExactSHA256
    resultKind = read.resultKind
    resultSkeleton = read.resultSkeleton
    if form == .value { return }
    let shape = read.shape
    replyBytes = read.byteCount
    keyOrder = read.keyOrder
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
