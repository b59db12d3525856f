import Normalizing
import Records
import TestSupport
import Testing

/// What TLS handshakes at an endpoint show.
struct HandshakeTests {
  private func attempt(
    _ number: Int, _ facts: TLSFacts?, session: String = "main", outcome: Outcome = .answered
  ) -> Connection {
    var connection = Connection.answered(
      "9.9.9.9", port: 50002, transport: .ssl, attempt: number)
    connection.session = session
    connection.tls = facts
    connection.outcome = outcome
    return connection
  }

  private let usual = TLSFacts().with {
    $0.chain = ["aa", "bb"]
    $0.cipher = "TLS_AES_256_GCM_SHA384"
    $0.durationMicroseconds = 4_000
    $0.group = "x25519"
    $0.sessionTicket = true
    $0.signatureAlgorithm = "RSA-PSS+SHA256"
    $0.ticketLifetimeSeconds = 7_200
    $0.version = "TLSv1.3"
  }

  private func endpoint(_ attempts: [Connection]) throws -> Endpoint {
    try #require(try Normalized([RawScan("a", attempts)]).rows(Endpoint.self).first)
  }

  @Test func `the usual handshake tells group, signature, ticket and chain`() throws {
    let facts = try endpoint([attempt(1, usual)]).handshake
    #expect(facts.group == "x25519" && facts.signatureAlgorithm == "RSA-PSS+SHA256")
    #expect(facts.sessionTicket == true && facts.ticketLifetimeSeconds == 7_200)
    #expect(facts.chainLength == 2)
    #expect(facts.resumed == nil && facts.helloAnswers.isEmpty)
    #expect(try endpoint([attempt(1, nil)]).handshake == HandshakeFacts())
  }

  @Test func `hellos that offer less tell what was chosen from them, and change nothing else`()
    throws
  {
    let old = TLSFacts().with {
      $0.alpn = "h2"
      $0.chain = ["aa"]
      $0.cipher = "AES128-SHA"
      $0.durationMicroseconds = 90_000
      $0.version = "TLSv1.2"
    }
    let before = try endpoint([attempt(1, usual)])
    let after = try endpoint([
      attempt(1, usual), attempt(2, old, session: "tls.hello.4"),
      attempt(3, nil, session: "tls.hello.6", outcome: .tlsFailed),
      attempt(4, nil, session: "tls.hello.7", outcome: .connectRefused),
    ])
    #expect(after.handshake.helloAnswers == ["4=TLSv1.2 AES128-SHA - h2", "6=tls.failed"])
    #expect(after.tlsVersion == "TLSv1.3" && after.tlsCipher == before.tlsCipher)
    #expect(after.tlsMilliseconds == before.tlsMilliseconds)
    #expect(after.certificateSHA256 == "aa" && after.handshake.chainLength == 2)
  }

  @Test func `one taken ticket is resumption, and its handshake tells less than a whole one`()
    throws
  {
    func resumption(_ number: Int, _ isTaken: Bool) -> Connection {
      attempt(
        number,
        TLSFacts().with {
          $0.cipher = "AES"
          $0.resumed = isTaken
          $0.sessionTicket = false
          $0.ticketFrom = "9.9.9.9:50002"
          $0.version = "TLSv1.2"
        }, session: "tls.resume")
    }
    let taken = try endpoint([attempt(1, usual), resumption(2, true), resumption(3, false)])
    #expect(taken.handshake.resumed == true)
    #expect(taken.handshake.group == "x25519" && taken.tlsVersion == "TLSv1.3")
    #expect(try endpoint([attempt(1, usual), resumption(2, false)]).handshake.resumed == false)
    #expect(try endpoint([resumption(1, false)]).tlsVersion == "TLSv1.2")
  }

  @Test func `a handshake that failed after one that did not takes nothing away`() throws {
    let failed = attempt(
      2,
      TLSFacts().with {
        $0.chain = ["aa"]
      }, outcome: .tlsFailed)
    let kept = try endpoint([attempt(1, usual), failed])
    #expect(kept.tlsVersion == "TLSv1.3" && kept.handshake.chainLength == 2)
    let alone = try endpoint([failed])
    #expect(alone.tlsVersion == nil && alone.handshake.chainLength == 1)
  }
}
