internal import NIOCore
internal import NIOPosix
internal import SimulatedTLS
internal import Synchronization
internal import TLSChannel

/// The TLS contexts of the certificates that servers show at present, made when first wanted:
/// an RSA key takes tens of milliseconds, and a network starts at once.
final class ServerIdentities: Sendable {
  private let mint: CertificateMint
  private let settings: TLSServerSettings
  private let contexts = Mutex<[CertificateState: TLSServerContext]>([:])
  private let isStopped = Atomic<Bool>(false)
  /// Its own, so that no thread is left in OpenSSL when the process takes that down at its end.
  private let threads = NIOThreadPool(numberOfThreads: 2)

  init(seed: UInt64) throws(SimulationError) {
    mint = CertificateMint(seed: seed)
    do throws(TLSError) {
      settings = try TLSServerSettings()
    } catch {
      throw SimulationError(
        .certificate, place: "TLS", found: "\(error)", remedy: "check the OpenSSL library")
    }
  }

  /// From here on certificates are also made on other threads, until `stop`.
  func start() { threads.start() }

  /// At once where it is known; else made on another thread, so that the loop goes on.
  func context(
    for state: CertificateState, on loop: any EventLoop
  ) -> EventLoopFuture<TLSServerContext> {
    if let known = known(state) { return loop.makeSucceededFuture(known) }
    return threads.runIfActive(eventLoop: loop) { [self] in try make(state) }
  }

  /// Makes what is missing on a thread of its own, in order, and forgets what is shown no more.
  func prepare(_ states: [CertificateState]) {
    let wanted = Set(states)
    contexts.withLock { $0 = $0.filter { wanted.contains($0.key) } }
    threads.submit { [self] _ in
      for state in states {
        if isStopped.load(ordering: .relaxed) { return }
        // Who connects hears of a failure.
        if known(state) == nil { _ = try? make(state) }
      }
    }
  }

  /// Returns when no thread makes a certificate any more.
  func stop() async {
    isStopped.store(true, ordering: .relaxed)
    try? await threads.shutdownGracefully()
  }

  private func known(_ state: CertificateState) -> TLSServerContext? {
    contexts.withLock { $0[state] }
  }

  /// Made at once where it is not there.
  func context(for state: CertificateState) throws(SimulationError) -> TLSServerContext {
    if let known = known(state) { return known }
    return try make(state)
  }

  private func make(_ state: CertificateState) throws(SimulationError) -> TLSServerContext {
    let minted = try mint.certificate(for: state)
    do throws(TLSError) {
      let context = try TLSServerContext(chain: minted.chain, key: minted.key, settings: settings)
      // Two threads may have made equal ones.
      return contexts.withLock { contexts in
        if let known = contexts[state] { return known }
        contexts[state] = context
        return context
      }
    } catch {
      throw SimulationError(
        .certificate, place: "certificate \(state.keyName)", found: "\(error)",
        remedy: "check its settings in the scenario")
    }
  }
}
