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
