internal import Dispatch

/// Work in shares of its items, by several threads at once.
enum Parallel {
  /// - Parameter body: is given consecutive items; it must touch nothing that another share does.
  static func run(_ count: Int, threads: Int, _ body: @Sendable (Range<Int>) -> Void) {
    guard threads > 1, count > 1 else { return body(0..<count) }
    let share = max(1, count / (threads * 8))
    let shares = (count + share - 1) / share
    DispatchQueue.concurrentPerform(iterations: shares) { index in
      body(index * share..<min(count, (index + 1) * share))
    }
  }
}
