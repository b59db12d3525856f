import NIOCore
import Synchronization

/// Lets few connections at a time take much from their servers, so that memory is bounded for a scan
/// and not for each of its connections alone.
final class TransferGate: Sendable {
  /// Bytes that every connection may take. Wallets' servers seldom need more.
  static let free = 256 << 10

  private struct State {
    var open: Int
    var waiting: [@Sendable (TransferPermit) -> Void] = []
  }

  private let state: Mutex<State>

  /// - Parameter most: connections that may take more at a time.
  init(most: Int = 2) {
    state = Mutex(State(open: max(1, most)))
  }

  /// Calls `body` on the loop when the connection may go on.
  func enter(on loop: any EventLoop, _ body: @escaping @Sendable (TransferPermit) -> Void) {
    let go: @Sendable (TransferPermit) -> Void = { permit in loop.execute { body(permit) } }
    let isOpen = state.withLock { state in
      if state.open == 0 {
        state.waiting.append(go)
        return false
      }
      state.open -= 1
      return true
    }
    if isOpen { go(TransferPermit(self)) }
  }

  fileprivate func leave() {
    let next = state.withLock { state -> (@Sendable (TransferPermit) -> Void)? in
      if state.waiting.isEmpty {
        state.open += 1
        return nil
      }
      return state.waiting.removeFirst()
    }
    next?(TransferPermit(self))
  }
}

/// What lets a connection take much; given back when the last one who holds it lets go.
final class TransferPermit: Sendable {
  private let gate: TransferGate

  init(_ gate: TransferGate) { self.gate = gate }

  deinit { gate.leave() }
}
