internal import Artifact
internal import Records

/// One request and its reply, as they crossed the socket.
struct TranscriptExchange {
  let probe: String
  /// Position in the attempt, from 1.
  let sequence: Int
  let outcome: Outcome
  /// The request line with its end; empty: none is kept.
  let request: [UInt8]
  /// The reply line with its end; empty: none arrived.
  let reply: [UInt8]
}

/// The exchanges of an attempt that a reference names.
struct Transcript {
  let reference: TranscriptReference
  let attempt: Int
  let startedAt: String?
  let outcome: Outcome
  let exchanges: [TranscriptExchange]

  init(_ reference: TranscriptReference, _ connection: Connection) {
    self.reference = reference
    attempt = connection.attempt
    startedAt = connection.startedAt
    outcome = connection.outcome
    let requests = Self.lines(connection.sent)
    let replies = Self.lines(connection.received)
    let numbers = requests.map(Self.numbers)
    exchanges = connection.exchanges.enumerated().compactMap { index, exchange in
      guard Self.isWanted(exchange, sequence: index + 1, reference) else { return nil }
      let request = exchange.id.flatMap { id in numbers.firstIndex { $0.contains(id) } }
      let reply = exchange.line.flatMap { replies.indices.contains($0) ? replies[$0] : nil }
      return TranscriptExchange(
        probe: exchange.probe, sequence: index + 1, outcome: exchange.outcome,
        request: request.map { requests[$0] } ?? [], reply: reply ?? [])
    }
  }

  private static func isWanted(
    _ exchange: Exchange, sequence: Int, _ reference: TranscriptReference
  ) -> Bool {
    if reference.reason == TranscriptReference.identification {
      return TranscriptReference.identifyingProbes.contains { exchange.probe.hasPrefix($0) }
    }
    return reference.sequence == 0 || reference.sequence == sequence
  }

  /// Lines with their ends.
  private static func lines(_ chunks: [Chunk]) -> [[UInt8]] {
    let bytes = chunks.flatMap(\.bytes)
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { Array($0) + [UInt8(ascii: "\n")] }
    if let last = lines.popLast(), last.count > 1 { lines.append(last.dropLast()) }
    return lines
  }

  /// Numbers of the requests in a line, which may be a batch.
  private static func numbers(_ line: [UInt8]) -> [Int] {
    guard let value = try? JSONValue(parsing: line) else { return [] }
    func number(_ value: JSONValue) -> Int? {
      if case .integer(let number)? = value["id"] { return number }
      return nil
    }
    if case .array(let values) = value { return values.compactMap(number) }
    return number(value).map { [$0] } ?? []
  }
}
