import StageKit

/// How a scan shares out the files that its process may have open, so that it never runs out of them.
struct DescriptorShares: Equatable {
  /// Event loops.
  let loops: Int
  /// Names that are looked up at a time.
  let lookUps: Int
  /// Connections at a time.
  let connections: Int

  /// The journal's files, and those that are open for a moment.
  private static let reserve = 8
  /// epoll, eventfd and timerfd.
  private static let perLoop = 3
  /// Two sockets, and a file of the system's about names.
  private static let perLookUp = 3
  /// The socket, and the file that holds the evidence until it is a row.
  private static let perConnection = 2

  /// - Parameters:
  ///   - limit: files that may be open.
  ///   - inUse: files that are open before the scan.
  ///   - threads, concurrency: what is wanted.
  /// - Throws: where not even one connection at a time is possible.
  init(
    limit: Int, inUse: Int, threads: Int, concurrency: Int, asksSystem: Bool
  ) throws(StageError) {
    let spare = limit - inUse - Self.reserve
    loops = max(1, min(threads, 4, spare / 8 / Self.perLoop))
    lookUps = max(1, min(8, spare / 8 / Self.perLookUp))
    let others = loops * Self.perLoop + (asksSystem ? lookUps * Self.perLookUp : 0)
    connections = min(concurrency, (spare - others) / Self.perConnection)
    if connections < 1 {
      let least = inUse + Self.reserve + others + Self.perConnection
      throw StageError(
        .unavailable, place: "the limit of open files", expected: "at least \(least)",
        found: String(limit), remedy: "raise it (ulimit -n)")
    }
  }
}
