/// ElectrumX's defence against greedy clients: every answer costs; beyond the soft limit requests
/// sleep and fewer run at once, at the hard limit the session ends. Costs decay with time.
///
/// Requests start in the order of their arrival. Times are seconds on the connection's clock. The
/// model is that of ElectrumX's `SessionBase` over aiorpcX's `RPCSession`.
struct ElectrumXThrottle: Sendable {
  /// What becomes of a request.
  enum Turn: Sendable, Equatable {
    /// Its answer is begun then.
    case runs(start: Double)
    /// It waited too long; it is told so then.
    case timesOut(Double)
    /// The session has used too much; it ends then.
    case ends(Double)
  }

  static let timeout = 30.0
  private static let initialConcurrency = 10
  private static let recalculationDrift = 100.0
  private static let recalculationInterval = 15.0
  private static let connectionCost = 5.0

  private let softLimit: Double
  private let hardLimit: Double
  private let longestSleep: Double
  private var cost = connectionCost
  private var costAtRecalculation = connectionCost
  private var recalculatedAt = 0.0
  /// How far the cost is from the soft limit to the hard one.
  private var fraction = 0.0
  private var concurrency = initialConcurrency
  private var lastStart = 0.0
  /// When the requests that may still run end.
  private var ends: [Double] = []
  /// Costs that fall due later, by time.
  private var due: [(time: Double, cost: Double)] = []

  init(_ limits: ServerLimits) {
    softLimit = limits.softCost ?? 1_000
    hardLimit = limits.hardCost ?? 10_000
    longestSleep = limits.requestSleep ?? 2.5
  }

  /// Costs of bytes and of what is answered at once, as junk.
  mutating func charge(_ amount: Double, at time: Double) {
    advance(to: time)
    bump(amount, at: time)
  }

  /// Finds the start of a request that arrives now.
  mutating func turn(at arrival: Double) -> Turn {
    let deadline = arrival + Self.timeout
    var start = max(arrival, lastStart)
    while start < deadline {
      advance(to: start)
      if concurrency <= 0 { return .ends(start) }
      ends.removeAll { $0 <= start }
      if ends.count < concurrency {
        let sleep = fraction * longestSleep
        lastStart = start
        if start + sleep < deadline { return .runs(start: start + sleep) }
        ends.append(deadline)
        return .timesOut(deadline)
      }
      start = ends.min() ?? start
    }
    return .timesOut(deadline)
  }

  /// Books a request that runs from `start` to `end`.
  mutating func book(start: Double, end: Double, cost: Double, costAtEnd: Double) {
    ends.append(end)
    insert(start, cost)
    insert(end, costAtEnd)
  }

  /// Books the error of a request that never ran.
  mutating func book(refusalAt time: Double, cost: Double) {
    insert(time, cost)
  }

  private mutating func insert(_ time: Double, _ cost: Double) {
    let index = due.lastIndex { $0.time <= time }.map { $0 + 1 } ?? 0
    due.insert((time, cost), at: index)
  }

  private mutating func advance(to time: Double) {
    let count = due.prefix { $0.time <= time }.count
    for item in due.prefix(count) { bump(item.cost, at: item.time) }
    due.removeFirst(count)
    if time - recalculatedAt >= Self.recalculationInterval { recalculate(at: time) }
  }

  private mutating func bump(_ amount: Double, at time: Double) {
    cost = max(0, cost + amount)
    if abs(cost - costAtRecalculation) > Self.recalculationDrift { recalculate(at: time) }
  }

  private mutating func recalculate(at time: Double) {
    let decay = max(0, hardLimit) / 10_000
    cost = max(0, cost - max(0, time - recalculatedAt) * decay)
    recalculatedAt = max(recalculatedAt, time)
    costAtRecalculation = cost
    let range = hardLimit - softLimit
    guard hardLimit > 0, range > 0 else { return }
    fraction = max(0, (cost - softLimit) / range)
    let target = (1 - fraction) * Double(Self.initialConcurrency)
    concurrency = target > 0 ? Int(target.rounded(.up)) : 0
  }
}
