import Records

/// What the TLS handshakes at an endpoint show, while it is put together.
struct HandshakeEvidence {
  /// The last one that tells most: not one with a ticket, nor one that failed, where there is another.
  private(set) var last: TLSFacts?
  private var resumed: Bool?
  /// Leaf certificates of all handshakes, and all that came with them.
  private(set) var leaves: Set<String> = []
  private(set) var certificates: Set<String> = []
  /// By the hello's id.
  private var helloAnswers: [String: String] = [:]

  private static let helloSession = "tls.hello."

  /// Whether a connection offered less than it can: what was negotiated then is not what usually is.
  static func isHello(_ connection: Connection) -> Bool {
    connection.session.hasPrefix(helloSession)
  }

  mutating func take(_ connection: Connection) {
    if let chain = connection.tls?.chain {
      chain.first.map { _ = leaves.insert($0) }
      certificates.formUnion(chain)
    }
    if Self.isHello(connection) { return takeHello(connection) }
    guard let facts = connection.tls else { return }
    if facts.ticketFrom != nil, !TicketResumption.isAcross(connection) {
      resumed = resumed == true || facts.resumed == true
    }
    let tellsLess = facts.ticketFrom != nil || facts.version == nil
    if last?.version == nil || !tellsLess { last = facts }
  }

  private mutating func takeHello(_ connection: Connection) {
    let hello = String(connection.session.dropFirst(Self.helloSession.count))
    if let facts = connection.tls, let version = facts.version {
      helloAnswers[hello] = [version, facts.cipher ?? "-", facts.group ?? "-", facts.alpn ?? "-"]
        .joined(separator: " ")
    } else if [.tlsFailed, .tlsClosed, .tlsTimedOut].contains(connection.outcome) {
      helloAnswers[hello] = connection.outcome.rawValue
    }
  }

  var facts: HandshakeFacts {
    var facts = HandshakeFacts()
    facts.group = last?.group
    facts.signatureAlgorithm = last?.signatureAlgorithm
    facts.sessionTicket = last?.sessionTicket
    facts.ticketLifetimeSeconds = last?.ticketLifetimeSeconds
    facts.chainLength = last.flatMap { $0.chain.isEmpty ? nil : $0.chain.count }
    facts.resumed = resumed
    facts.helloAnswers = helloAnswers.map { "\($0)=\($1)" }.sorted()
    return facts
  }
}
