import Artifact
import Collecting
import Digests
import ElectrumProtocol
import Foundation
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import Probing
import Records
import SimulatedTLS
import Testing

/// One attempt at a server that misbehaves in one way: the outcome is typed and nothing hangs.
struct ConnectionAttemptTests {
  private static let identification =
    "{\"jsonrpc\":\"2.0\",\"result\":[\"X 1\",\"1.4\"],\"id\":1}\n"

  private let session = ProbePlan(.light, clientName: "test").sessions[0]

  /// - Parameter patience: short only where a test is about silence.
  private func settings(_ patience: TimeAmount = .seconds(20)) -> AttemptSettings {
    var settings = AttemptSettings(plan: ProbePlan(.light, clientName: "test"))
    settings.replyTimeout = patience
    settings.tlsTimeout = patience
    settings.byteLimit = 100_000
    return settings
  }

  private func attempt(
    _ port: Int, _ transport: Transport = .tcp, patience: TimeAmount = .seconds(20)
  ) async throws -> AttemptResult {
    let connector = try ElectrumConnector(
      group: MultiThreadedEventLoopGroup.singleton, settings: settings(patience))
    return await connector.attempt(
      Candidate(
        network: .ipv4, address: "127.0.0.1", host: "a.example", port: port, transport: transport),
      session: session, number: 1, answers: EarlierAnswers(), log: nil)
  }

  private func outcome(
    _ transport: Transport = .tcp, patience: TimeAmount = .seconds(20),
    _ react: @escaping MisbehavingServer.Reaction
  ) async throws -> Connection {
    let server = try await MisbehavingServer(react)
    let result = try await attempt(server.port, transport, patience: patience)
    try await server.stop()
    return result.connection
  }

  /// Answers everything in order, as a small server would.
  private static func answer(_ line: String, _ turn: ServerTurn) {
    guard let value = try? WireDocument(parsing: Array(line.utf8)).value,
      let id = value["id"]?.integer, let method = value["method"]?.text
    else { return }
    let results = [
      "server.version": "[\"X 1\",\"1.4\"]", "server.banner": "\"hello\"",
      "server.features": "{}", "blockchain.headers.subscribe": "{}",
      "blockchain.scripthash.get_balance": "{}", "server.ping": "null",
      "server.donation_address": "null", "blockchain.block.header": "\"00\"",
      "blockchain.block.headers": "{}", "blockchain.estimatefee": "0.1",
      "blockchain.relayfee": "1e-05",
    ]
    turn.send("{\"jsonrpc\":\"2.0\",\"result\":\(results[method] ?? "[]"),\"id\":\(id)}\n")
  }

  @Test func `a well-behaved server answers every probe, and every byte is kept`() async throws {
    let connection = try await outcome { line, turn in
      if let line { Self.answer(line, turn) }
    }
    #expect(connection.outcome == .answered)
    // Nothing in these answers names a block or a transaction to ask about, and 1.4 has no get_info.
    let applicable = connection.exchanges.filter { $0.outcome != .untestedNotApplicable }
    #expect(applicable.allSatisfy { $0.outcome == .answered })
    #expect(connection.exchanges.count - applicable.count == 7)
    #expect(applicable.compactMap(\.line) == Array(applicable.indices))
    let received = connection.received.compactMap(\.data).joined()
    #expect(received.utf8.count == connection.bytesReceived)
    #expect(received.hasPrefix(Self.identification))
    let times = connection.received.compactMap(\.atMicroseconds)
    #expect(times == times.sorted() && connection.connectMicroseconds != nil)
  }

  @Test func `nothing listens: refused`() async throws {
    let reserved = try ReservedPort()
    let connection = try await attempt(reserved.port).connection
    withExtendedLifetime(reserved) {}
    #expect(connection.outcome == .connectRefused)
    #expect(connection.detail == "Connection refused")
    #expect(connection.exchanges == [])
  }

  @Test func `silence is a reply that timed out`() async throws {
    let connection = try await outcome(patience: .milliseconds(50)) { _, _ in }
    #expect(connection.outcome == .replyTimedOut)
    #expect(connection.bytesReceived == 0)
    #expect(connection.bytesSent > 0)
  }

  @Test func `a close at once is no reply`() async throws {
    let connection = try await outcome { line, turn in if line == nil { turn.close() } }
    #expect([Outcome.closedNoReply].contains(connection.outcome))
  }

  @Test func `a close after the request is no reply`() async throws {
    let connection = try await outcome { line, turn in if line != nil { turn.close() } }
    #expect(connection.outcome == .closedNoReply)
  }

  @Test func `bytes that are no JSON are malformed at once`() async throws {
    let connection = try await outcome { line, turn in
      if line == nil { turn.send("SSH-2.0-OpenSSH_9.2\r\n") }
    }
    #expect(connection.outcome == .replyMalformed)
    #expect(connection.received.first?.data == "SSH-2.0-OpenSSH_9.2\r\n")
  }

  @Test func `an endless line ends at the byte limit`() async throws {
    let connection = try await outcome { line, turn in
      if line != nil { turn.sendWithoutEnd([UInt8](repeating: 0x61, count: 4_000)) }
    }
    #expect(connection.outcome == .replyTooLarge)
    #expect(connection.truncated)
    #expect(connection.bytesReceived == 100_000)
  }

  @Test func `notifications without end do not keep an attempt alive`() async throws {
    let noise = Array("{\"jsonrpc\":\"2.0\",\"method\":\"server.ping\",\"params\":[]}\n".utf8)
    let connection = try await outcome { line, turn in
      if line != nil { turn.sendWithoutEnd(noise) }
    }
    #expect([Outcome.replyTooLarge, .replyTimedOut].contains(connection.outcome))
  }

  @Test func `a throttle in the window ends the suite`() async throws {
    let connection = try await outcome { line, turn in
      guard let line else { return }
      if line.contains("server.banner") {
        turn.send("{\"id\":4,\"error\":{\"code\":-101,\"message\":\"excessive resource usage\"}}\n")
      } else if line.contains("server.version") || line.contains("ping") {
        Self.answer(line, turn)
      }
    }
    #expect(connection.outcome == .answered)
    #expect(connection.exchanges.filter { $0.outcome == .throttled }.count == 8)
    #expect(connection.exchanges.filter { $0.outcome == .untestedSkipped }.count == 19)
  }

  @Test func `replies in reverse order are paired`() async throws {
    let held = NIOLockedValueBox<[String]>([])
    let connection = try await outcome { line, turn in
      guard let line else { return }
      if line.contains("server.version") || line.contains("ping") || line.contains("history") {
        return Self.answer(line, turn)
      }
      let batch = held.withLockedValue { lines in
        lines.append(line)
        if lines.count > 8 { return [line] }
        return lines.count == 8 ? lines : []
      }
      for line in batch.reversed() { Self.answer(line, turn) }
    }
    let asked = connection.exchanges.prefix(20)
    #expect(asked.allSatisfy { [.answered, .untestedNotApplicable].contains($0.outcome) })
    #expect(connection.exchanges[3].line == 10)
    #expect(connection.exchanges[10].line == 3)
  }

  @Test func `TLS against plaintext fails, against silence times out, against a close is closed`()
    async throws
  {
    let plain = try await outcome(.ssl) { _, turn in turn.send("no TLS here\n") }
    #expect(plain.outcome == .tlsFailed)
    #expect(plain.detail.hasPrefix("tls.handshake-failed: SSL routines"))
    #expect(
      try await outcome(.ssl, patience: .milliseconds(50)) { _, _ in }.outcome == .tlsTimedOut)
    let closed = try await outcome(.ssl) { line, turn in if line == nil { turn.close() } }
    #expect(closed.outcome == .tlsClosed)
    #expect(closed.tls == nil)
  }

  @Test func `a TLS server's chain, version and cipher are facts of the attempt`() async throws {
    let template = CertificateTemplate(
      subject: [.init("CN", "a.example")], notBefore: 1_767_225_600, notAfter: 1_767_225_700,
      serial: [1])
    let certificate = try template.selfSigned(by: PrivateKey(.ecP256))
    let tls = try TLSServerContext(chain: [certificate.der], key: certificate.key)
    let server = try await MisbehavingServer(tls: tls) { line, turn in
      if let line { Self.answer(line, turn) }
    }
    let result = try await attempt(server.port, .ssl)
    try await server.stop()
    #expect(result.chain == [certificate.der])
    #expect(result.connection.outcome == .answered)
    #expect(result.connection.tls?.chain == [SHA256.hex(certificate.der)])
    #expect(result.connection.tls?.version == "TLSv1.3")
    #expect(result.connection.tls?.sessionTicket == true)
    #expect(result.connection.tls?.verifyResult?.isEmpty == false)
  }

  @Test func `an abort ends what is under way and says so`() async throws {
    let reached = NIOLockedValueBox(false)
    let connector = try ElectrumConnector(
      group: MultiThreadedEventLoopGroup.singleton, settings: settings())
    let server = try await MisbehavingServer { line, _ in
      if line != nil, !reached.withLockedValue({ $0 }) {
        reached.withLockedValue { $0 = true }
        connector.abortAll()
      }
    }
    let candidate = Candidate(
      network: .ipv4, address: "127.0.0.1", host: "a.example", port: server.port, transport: .tcp)
    #expect(
      await connector.attempt(
        candidate, session: session, number: 1, answers: EarlierAnswers(), log: nil
      )
      .connection.outcome == .aborted
    )
    #expect(
      await connector.attempt(
        candidate, session: session, number: 1, answers: EarlierAnswers(), log: nil
      )
      .connection.outcome == .aborted
    )
    try await server.stop()
  }
}

/// A port that is taken and on which nobody listens.
private final class ReservedPort {
  let port: Int
  private let descriptor: Int32

  init() throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
      }
    }
    try #require(status)
    self.descriptor = descriptor
    port = Int(UInt16(bigEndian: address.sin_port))
  }

  deinit {
    close(descriptor)
  }
}
