import Addressing
package import NIOCore
import NIOPosix
public import Probing
import Records
import Synchronization
package import TLSChannel

/// Puts a plan to one endpoint: what a crawl needs of the network.
public protocol Connecting: Sendable {
  /// Leads one connection of a plan.
  ///
  /// - Parameters:
  ///   - number: of the connection to this endpoint, from 1.
  ///   - answers: of earlier connections to the same server.
  ///   - log: path for the evidence until it is a row; nil: none is kept.
  func attempt(
    _ candidate: Candidate, session: ProbeSession, number: Int, answers: EarlierAnswers,
    log: String?
  ) async -> AttemptResult
  /// Ends every attempt that is under way; each ends as `aborted`.
  func abortAll()
}

/// Connects by TCP, through a proxy where the vantage says so, with TLS where the transport does.
package final class ElectrumConnector: Connecting {
  private let group: any EventLoopGroup
  private let settings: AttemptSettings
  private let vantage: Vantage
  private let tls: TLSClientContext
  private let hellos: [String: TLSClientContext]
  private let tickets = TicketBox()
  private let gate = TransferGate()
  private let open = Mutex<Registry>(Registry())

  private struct Registry {
    var next = 0
    var isAborting = false
    var aborts: [Int: @Sendable () -> Void] = [:]
  }

  /// - Throws: `tls.bad-configuration`.
  package init(
    group: any EventLoopGroup, settings: AttemptSettings,
    vantage: Vantage = Vantage(name: "local", families: [.ipv4, .ipv6])
  ) throws(TLSError) {
    self.group = group
    self.settings = settings
    self.vantage = vantage
    tls = try TLSClientContext()
    var hellos: [String: TLSClientContext] = [:]
    for case .hello(let hello) in settings.plan.sessions.map(\.handshake) {
      hellos[hello.id] = try TLSClientContext(hello)
    }
    self.hellos = hellos
  }

  /// Where the connection itself goes: the endpoint, or the proxy.
  private func place(of candidate: Candidate) -> SocketAddress? {
    if let proxy = proxy(of: candidate) {
      return try? SocketAddress(ipAddress: proxy.address.text, port: proxy.port)
    }
    return try? SocketAddress(ipAddress: candidate.address, port: candidate.port)
  }

  private func proxy(of candidate: Candidate) -> SOCKSProxyAddress? {
    vantage.proxied.contains(candidate.network) ? vantage.proxy : nil
  }

  package func attempt(
    _ candidate: Candidate, session: ProbeSession, number: Int, answers: EarlierAnswers,
    log: String?
  ) async -> AttemptResult {
    var result = await attemptOnce(candidate, session, number, answers, log)
    for wait in AttemptResult.waits {
      if !result.mayBeMadeAgain || open.withLock({ $0.isAborting }) { break }
      try? await Task.sleep(for: wait)
      result = await attemptOnce(candidate, session, number, answers, log)
    }
    return result
  }

  private func attemptOnce(
    _ candidate: Candidate, _ session: ProbeSession, _ number: Int, _ answers: EarlierAnswers,
    _ log: String?
  ) async -> AttemptResult {
    guard let address = place(of: candidate) else {
      return AttemptResult(
        connection: candidate.untested(.connectFailed, detail: "no address of a known family"))
    }
    let loop = group.next()
    do {
      return try await loop.flatSubmit {
        self.begin(candidate, session, number, answers, log, at: address, on: loop)
      }.get()
    } catch {
      return AttemptResult(
        connection: candidate.untested(.connectFailed, detail: FailureText.detail(of: error)))
    }
  }

  private func begin(
    _ candidate: Candidate, _ session: ProbeSession, _ number: Int, _ answers: EarlierAnswers,
    _ log: String?, at address: SocketAddress, on loop: any EventLoop
  ) -> EventLoopFuture<AttemptResult> {
    let finished = loop.makePromise(of: AttemptResult.self)
    let proxy = proxy(of: candidate)
    let handler = AttemptHandler(
      candidate, session: session, number: number, answers: answers, settings: settings,
      proxy: proxy, log: log, gate: gate, startedAt: .now(), start: .now(), finished: finished)
    let bound = NIOLoopBound(handler, eventLoop: loop)
    let token = register { loop.execute { bound.value.abort() } }
    let ticket = session.handshake == .resumption ? tickets.ticket(for: candidate) : nil
    handler.ticketFrom = ticket?.place
    let bootstrap = ClientBootstrap(group: loop)
      .connectTimeout(settings.connectTimeout)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelInitializer { [self] channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          if proxy != nil {
            try pipeline.addHandler(SOCKSHandler(Self.tunnel(to: candidate)))
          }
          if candidate.transport == .ssl {
            let tls = try TLSClientHandler(
              context: context(session.handshake), serverName: ticket?.serverName ?? candidate.host,
              ticket: ticket?.ticket)
            bound.value.tls = tls
            try pipeline.addHandler(tls)
          }
          try pipeline.addHandler(bound.value)
        }
      }
    connect(bootstrap, to: address, proxy == nil ? candidate.network : nil)
      .whenFailure { bound.value.connectFailed($0) }
    return finished.futureResult.always { [tickets] result in
      self.unregister(token)
      if case .success(let result) = result {
        tickets.keep(
          bound.value.tls?.ticket, of: candidate, leaf: result.connection.tls?.chain.first)
      }
    }
  }

  /// Each endpoint has a circuit of its own, so that one exit's failure is not everybody's.
  private static func tunnel(to candidate: Candidate) -> SOCKSClient {
    SOCKSClient(
      host: candidate.address, port: candidate.port,
      circuit: HostAndPort(candidate.address, candidate.port).text)
  }

  private func connect(
    _ bootstrap: ClientBootstrap, to address: SocketAddress, _ network: AddressFamily?
  ) -> EventLoopFuture<any Channel> {
    guard let source = network.flatMap({ vantage.sources[$0] }),
      let local = try? SocketAddress(ipAddress: source.text, port: 0)
    else { return bootstrap.connect(to: address) }
    return bootstrap.bind(to: local).connect(to: address)
  }

  private func context(_ handshake: HandshakeKind) -> TLSClientContext {
    if case .hello(let hello) = handshake, let context = hellos[hello.id] { return context }
    return tls
  }

  private func register(_ abort: @escaping @Sendable () -> Void) -> Int {
    let (token, isAborting) = open.withLock { registry in
      registry.next += 1
      registry.aborts[registry.next] = abort
      return (registry.next, registry.isAborting)
    }
    if isAborting { abort() }
    return token
  }

  private func unregister(_ token: Int) {
    open.withLock { _ = $0.aborts.removeValue(forKey: token) }
  }

  package func abortAll() {
    let aborts = open.withLock { registry in
      registry.isAborting = true
      return Array(registry.aborts.values)
    }
    for abort in aborts { abort() }
  }
}

/// The newest ticket of each endpoint and of each certificate, for handshakes that resume.
private final class TicketBox: Sendable {
  struct Held: Sendable {
    let ticket: TLSTicket
    /// Address and port of the endpoint that gave it.
    let place: String
    /// A server looks at it: the name must be the same.
    let serverName: String
  }

  private struct State {
    var ofEndpoint: [String: Held] = [:]
    /// By SHA-256 of the leaf, the first endpoint's.
    var ofLeaf: [String: Held] = [:]
    var leaf: [String: String] = [:]
  }

  /// A ticket holds about 4 kB.
  private static let most = 20_000

  private let state = Mutex(State())

  func keep(_ ticket: TLSTicket?, of candidate: Candidate, leaf: String?) {
    guard let ticket else { return }
    let place = Self.place(candidate)
    let held = Held(ticket: ticket, place: place, serverName: candidate.host)
    state.withLock { state in
      guard state.ofEndpoint.count < Self.most else { return }
      state.ofEndpoint[place] = held
      guard let leaf else { return }
      state.leaf[place] = leaf
      if state.ofLeaf[leaf] == nil { state.ofLeaf[leaf] = held }
    }
  }

  /// One of another endpoint with the same certificate, which shows a shared ticket key; else its own.
  func ticket(for candidate: Candidate) -> Held? {
    let place = Self.place(candidate)
    return state.withLock { state in
      let other = state.leaf[place].flatMap { state.ofLeaf[$0] }
      if let other, other.place != place { return other }
      return state.ofEndpoint[place]
    }
  }

  private static func place(_ candidate: Candidate) -> String {
    HostAndPort(candidate.address, candidate.port).text
  }
}

extension TLSClientContext {
  fileprivate convenience init(_ hello: TLSHello) throws(TLSError) {
    let versions = TLSVersion.allCases
    try self.init(
      versions: versions[hello.versions.lowerBound]...versions[hello.versions.upperBound],
      applicationProtocols: hello.applicationProtocols, ciphers: hello.ciphers,
      suites: hello.suites, groups: hello.groups)
  }
}
