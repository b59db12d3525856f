public import NIOCore
import NIOPosix
public import Probing
import Records
import Synchronization
public import TLSChannel

/// Puts a plan to one endpoint: what a crawl needs of the network.
public protocol Connecting: Sendable {
  /// Leads one connection of a plan.
  ///
  /// - Parameters:
  ///   - number: of the connection to this endpoint, from 1.
  ///   - answers: of earlier connections to the same server.
  func attempt(
    _ candidate: Candidate, session: ProbeSession, number: Int, answers: EarlierAnswers
  ) async -> AttemptResult
  /// Ends every attempt that is under way; each ends as `aborted`.
  func abortAll()
}

/// Connects by TCP, with TLS where the transport says so.
public final class ElectrumConnector: Connecting {
  private let group: any EventLoopGroup
  private let settings: AttemptSettings
  private let tls: TLSClientContext
  private let open = Mutex<Registry>(Registry())

  private struct Registry {
    var next = 0
    var isAborting = false
    var aborts: [Int: @Sendable () -> Void] = [:]
  }

  /// - Throws: `tls.bad-configuration`.
  public init(group: any EventLoopGroup, settings: AttemptSettings) throws(TLSError) {
    self.group = group
    self.settings = settings
    tls = try TLSClientContext()
  }

  public func attempt(
    _ candidate: Candidate, session: ProbeSession, number: Int, answers: EarlierAnswers
  ) async -> AttemptResult {
    guard let address = try? SocketAddress(ipAddress: candidate.address, port: candidate.port)
    else {
      return AttemptResult(
        connection: candidate.untested(.connectFailed, detail: "no address of a known family"))
    }
    let loop = group.next()
    do {
      return try await loop.flatSubmit {
        self.begin(candidate, session, number, answers, at: address, on: loop)
      }.get()
    } catch {
      return AttemptResult(
        connection: candidate.untested(.connectFailed, detail: FailureText.detail(of: error)))
    }
  }

  private func begin(
    _ candidate: Candidate, _ session: ProbeSession, _ number: Int, _ answers: EarlierAnswers,
    at address: SocketAddress, on loop: any EventLoop
  ) -> EventLoopFuture<AttemptResult> {
    let finished = loop.makePromise(of: AttemptResult.self)
    let handler = AttemptHandler(
      candidate, session: session, number: number, answers: answers, settings: settings,
      startedAt: .now(),
      start: .now(), finished: finished)
    let bound = NIOLoopBound(handler, eventLoop: loop)
    let token = register { loop.execute { bound.value.abort() } }
    let tls = tls
    ClientBootstrap(group: loop)
      .connectTimeout(settings.connectTimeout)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          if candidate.transport == .ssl {
            try pipeline.addHandler(TLSClientHandler(context: tls, serverName: candidate.host))
          }
          try pipeline.addHandler(bound.value)
        }
      }
      .connect(to: address)
      .whenFailure { bound.value.connectFailed($0) }
    return finished.futureResult.always { _ in self.unregister(token) }
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

  public func abortAll() {
    let aborts = open.withLock { registry in
      registry.isAborting = true
      return Array(registry.aborts.values)
    }
    for abort in aborts { abort() }
  }
}
