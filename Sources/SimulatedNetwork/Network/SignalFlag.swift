internal import Glibc
internal import Synchronization

/// SIGHUP, SIGINT and SIGTERM as a number to look at, SIGUSR1 as a count. A handler, not `SIG_IGN`:
/// a child that we start must get its signals' default actions back.
enum SignalFlag {
  private static let received = Atomic<Int32>(0)
  private static let advances = Atomic<Int>(0)

  /// From now on the signals set the flag and nothing else.
  static func arm() {
    received.store(0, ordering: .relaxed)
    advances.store(0, ordering: .relaxed)
    for number in [SIGHUP, SIGINT, SIGTERM] {
      signal(number) { SignalFlag.received.store($0, ordering: .relaxed) }
    }
    signal(SIGUSR1) { _ in SignalFlag.advances.add(1, ordering: .relaxed) }
  }

  /// The last signal; nil while none came.
  static var current: Int32? {
    let value = received.load(ordering: .relaxed)
    return value == 0 ? nil : value
  }

  /// How often SIGUSR1 came since this was last asked.
  static func takeAdvances() -> Int {
    advances.exchange(0, ordering: .relaxed)
  }
}
