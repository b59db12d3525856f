import Dispatch
import Foundation
import Synchronization

/// SIGINT and SIGTERM as a flag that a stage looks at between rows.
public final class Interruption: Sendable {
  public static let shared = Interruption()

  private let signal = Atomic<Int32>(0)
  private let handlers = Mutex<[@Sendable () -> Void]>([])

  /// The signal that asked us to end; nil while none did.
  public var received: Int32? {
    let value = signal.load(ordering: .relaxed)
    return value == 0 ? nil : value
  }

  /// From now on the first SIGINT or SIGTERM sets the flag; the second ends the process at once.
  func arm() {
    for number in [SIGINT, SIGTERM] {
      Foundation.signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { [self] in
        signal.store(number, ordering: .relaxed)
        Foundation.signal(number, SIG_DFL)
        let run = handlers.withLock { $0 }
        for handler in run { handler() }
      }
      source.resume()
      sources.withLock { $0.append(SignalSource(source)) }
    }
  }

  /// Runs `handler` once when a signal comes, on another thread.
  public func onReceive(_ handler: @escaping @Sendable () -> Void) {
    handlers.withLock { $0.append(handler) }
  }

  /// Throws when a signal has come.
  public func check() throws(StageError) {
    guard let number = received else { return }
    throw StageError(
      .interrupted, place: "stage", expected: "to be left running", found: "signal \(number)",
      remedy: "run it again; nothing was changed")
  }

  private let sources = Mutex<[SignalSource]>([])
}

/// Dispatch sources are thread-safe but not marked so on every platform.
private struct SignalSource: @unchecked Sendable {
  let source: any DispatchSourceSignal
  init(_ source: any DispatchSourceSignal) { self.source = source }
}
