import Artifact
import Foundation
import Probing
import Records
import Timekeeping

/// The evidence of a connection under way, on disk from the moment it arrives: what a killed scan had
/// been told is not asked again.
///
/// A file a connection, which goes when the connection's row is in the journal. Records of a kind, a
/// time and a length, then that many bytes; a torn last one is passed over. Confined to the
/// connection's event loop.
final class AttemptLog {
  enum Kind: UInt8 {
    /// The row without its conversation, as JSON; the last one counts.
    case row = 1
    case certificate = 2
    case sent = 3
    case received = 4
  }

  /// Bytes of a record before its contents: kind, time in µs, length.
  private static let headLength = 13

  let path: String
  private let descriptor: Int32

  /// Nil where the file cannot be made: the journal, on the same disk, then says so.
  init?(path: String) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o644)
    if descriptor < 0 { return nil }
  }

  deinit {
    close(descriptor)
  }

  func append(_ row: Connection) {
    append(.row, at: 0, Array(RowEncoder.text(of: row).utf8.dropLast()))
  }

  /// - Parameter time: since the start of the attempt. Unit: µs.
  func append(_ kind: Kind, at time: Int, _ bytes: some Collection<UInt8>) {
    var record: [UInt8] = [kind.rawValue]
    record.reserveCapacity(Self.headLength + bytes.count)
    withUnsafeBytes(of: Int64(time).littleEndian) { record.append(contentsOf: $0) }
    withUnsafeBytes(of: UInt32(clamping: bytes.count).littleEndian) {
      record.append(contentsOf: $0)
    }
    record.append(contentsOf: bytes)
    // One call a record: a kill leaves it whole or out, but for a full disk.
    record.withUnsafeBytes { raw in _ = write(descriptor, raw.baseAddress, raw.count) }
  }

  // MARK: Afterwards

  /// What a connection had shown when its scan was killed.
  struct Contents {
    /// The row without its conversation.
    var row: Connection
    var chain: [[UInt8]] = []
    var events: [(kind: Kind, at: Int, bytes: [UInt8])] = []
  }

  /// - Parameter limit: bytes that are read at most.
  /// - Returns: nil where nothing had been seen.
  static func read(_ path: String, limit: Int = 64 << 20) -> Contents? {
    guard let bytes = try? FileBytes.read(path, limit: limit) else { return nil }
    var contents: Contents?
    var position = 0
    while bytes.count - position >= headLength {
      let kind = Kind(rawValue: bytes[position])
      let time = number(bytes[(position + 1)..<(position + 9)])
      let count = number(bytes[(position + 9)..<(position + headLength)])
      let start = position + headLength
      guard let kind, bytes.count - start >= count else { break }
      let body = Array(bytes[start..<(start + count)])
      position = start + count
      switch kind {
      case .row:
        guard
          let row = try? body.withUnsafeBufferPointer({ buffer throws(ArtifactError) in
            try RowDecoder.decode(Connection.self, from: buffer)
          })
        else { return contents }
        if contents == nil { contents = Contents(row: row) } else { contents?.row = row }
      case .certificate: contents?.chain.append(body)
      case .sent, .received: contents?.events.append((kind, time, body))
      }
    }
    return contents
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}

extension AttemptLog.Contents {
  /// The row of the connection up to the kill, and what it gave; nil where no reply had arrived, so
  /// that the connection is as good as never made.
  ///
  /// - Parameters:
  ///   - session: what was being asked, as then.
  ///   - answers: of earlier connections to the server.
  func result(
    _ session: ProbeSession, byteLimit: Int, answers: EarlierAnswers
  ) -> AttemptResult? {
    var conversation = Conversation(session: session, byteLimit: byteLimit, answers: answers)
    for event in events {
      switch event.kind {
      case .sent:
        // The same questions, for they follow from the answers before them.
        var next = conversation.nextRequest(at: event.at)
        if next == nil, conversation.giveUp() { next = conversation.nextRequest(at: event.at) }
        guard next == event.bytes else { return nil }
      case .received: conversation.receive(event.bytes, at: event.at)
      case .row, .certificate: continue
      }
    }
    guard conversation.exchanges.contains(where: { $0.line != nil }) else { return nil }
    // Where nothing was left to ask, it is whole.
    var rest = conversation
    if rest.nextRequest(at: events.last?.at ?? 0) == nil, rest.end != nil { conversation = rest }
    conversation.finish(.aborted)
    var record = AttemptRecord(row, chain: chain)
    record.detail = conversation.end == .complete ? row.detail : Connection.killed
    return record.result(conversation, durationMicroseconds: events.last?.at ?? 0)
  }
}

extension AttemptRecord {
  /// - Parameter row: without its conversation.
  fileprivate init(_ row: Connection, chain: [[UInt8]]) {
    self.init(
      candidate: Candidate(row), session: row.session, number: row.attempt,
      startedAt: row.startedAt.flatMap { UTCTime(iso8601: $0) } ?? .now(),
      connectMicroseconds: row.connectMicroseconds, tls: row.tls, chain: chain,
      detail: row.detail)
    socksMicroseconds = row.socksMicroseconds
  }
}

extension Candidate {
  /// The endpoint of a row.
  init(_ row: Connection) {
    self.init(
      network: row.network, address: row.address, host: row.host, port: row.port,
      transport: row.transport, resolveMicroseconds: row.resolveMicroseconds)
  }
}
