public import ElectrumProtocol
public import Probing
public import Records

/// What one attempt gave.
public struct AttemptResult: Sendable {
  public var connection: Connection
  /// DER of each certificate as sent, leaf first.
  public var chain: [[UInt8]]
  /// The result of `server.peers.subscribe`, where there was one.
  public var peers: WireValue?
  /// What later connections to the same server may ask about.
  public var answers = EarlierAnswers()
  /// File that holds the evidence until the row is written.
  var log: String?
  /// Whether our own machine lacked what the connection needs: it may be tried again.
  var lacksResources = false
  /// Whether nothing of the attempt reached the server.
  var mayBeMadeAgain: Bool { lacksResources && connection.connectMicroseconds == nil }
  /// Times before an attempt that our own machine could not make is made again.
  static let waits: [Duration] = [100, 200, 400, 800, 1_600].map { .milliseconds($0) }
  /// Held while a large answer is in memory.
  var permit: TransferPermit?

  public init(
    connection: Connection, chain: [[UInt8]] = [], peers: WireValue? = nil,
    answers: EarlierAnswers = EarlierAnswers()
  ) {
    self.answers = answers
    self.connection = connection
    self.chain = chain
    self.peers = peers
  }
}
