package import Probing
package import Records
package import Timekeeping

/// What an attempt saw besides its conversation.
package struct AttemptRecord: Sendable {
  package let candidate: Candidate
  /// Which connection of the plan it is.
  package let session: String
  /// Of the connection to this endpoint in this scan, from 1.
  package let number: Int
  package let startedAt: UTCTime
  package var connectMicroseconds: Int?
  package var socksMicroseconds: Int?
  package var tls: TLSFacts?
  /// DER of each certificate as sent, leaf first.
  package var chain: [[UInt8]]
  /// What ended the attempt before the conversation did.
  package var failure: Outcome?
  package var detail: String

  package init(
    candidate: Candidate, session: String = "main", number: Int = 1, startedAt: UTCTime,
    connectMicroseconds: Int? = nil,
    tls: TLSFacts? = nil, chain: [[UInt8]] = [], failure: Outcome? = nil, detail: String = ""
  ) {
    self.candidate = candidate
    self.session = session
    self.number = number
    self.startedAt = startedAt
    self.connectMicroseconds = connectMicroseconds
    self.tls = tls
    self.chain = chain
    self.failure = failure
    self.detail = detail
  }

  /// The attempt as a whole, at its end.
  package func result(
    _ conversation: Conversation, durationMicroseconds: Int
  ) -> AttemptResult {
    let connection = connection(
      exchanges: conversation.exchanges, outcome: conversation.outcome,
      roundTripMicroseconds: conversation.roundTripMicroseconds, sent: conversation.sent,
      received: conversation.received, isTruncated: conversation.isTruncated,
      durationMicroseconds: durationMicroseconds)
    return AttemptResult(
      connection: connection, chain: chain, peers: conversation.peers,
      answers: conversation.answers)
  }

  /// Its row before its conversation.
  var opening: Connection {
    connection(
      exchanges: [], outcome: .aborted, roundTripMicroseconds: nil, sent: ByteRecord(limit: 0),
      received: ByteRecord(limit: 0), isTruncated: false, durationMicroseconds: 0)
  }

  /// Its row.
  package func connection(
    exchanges: [Exchange], outcome: Outcome, roundTripMicroseconds: Int?, sent: ByteRecord,
    received: ByteRecord, isTruncated: Bool, durationMicroseconds: Int
  ) -> Connection {
    Connection(
      address: candidate.address, detail: detail, host: candidate.host, network: candidate.network,
      outcome: failure ?? outcome, transport: candidate.transport
    ).with {
      $0.attempt = number
      $0.bytesReceived = received.count
      $0.bytesSent = sent.count
      $0.connectMicroseconds = connectMicroseconds
      $0.durationMicroseconds = durationMicroseconds
      $0.exchanges = failure == nil ? exchanges : []
      $0.port = candidate.port
      $0.received = received.evidence
      $0.resolveMicroseconds = candidate.resolveMicroseconds
      $0.roundTripMicroseconds = roundTripMicroseconds
      $0.sent = sent.evidence
      $0.session = session
      $0.socksMicroseconds = socksMicroseconds
      $0.startedAt = startedAt.text
      $0.tls = tls
      $0.truncated = isTruncated
    }
  }
}
