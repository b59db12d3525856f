/// A question that servers answer and operators decide: each operator has one vote, divided over the
/// values by their share of those of its servers that answered.
///
/// A fleet is one voice, and one odd server of forty moves a fortieth of it. More than half of all
/// votes decide; with exactly half, nothing is decided.
public struct OperatorVotes<Value: Hashable & Comparable & Sendable>: Sendable {
  /// Rounding of summed shares must not make half of the votes more than half. Unit: share of all
  /// votes.
  private static var roundingError: Double { 1e-9 }

  /// Operator, its servers, and what each answered.
  private var answers: [String: [String: Set<Value>]] = [:]

  public init() {}

  /// Counts a server's answer. One that answers differently at times has its share divided over what
  /// it answered.
  public mutating func cast(_ value: Value, server: String, operator voter: String) {
    answers[voter, default: [:]][server, default: []].insert(value)
  }

  /// Votes cast: operators of which a server answered.
  public var total: Int { answers.count }

  /// Operators of which a server answered so.
  public func voters(for value: Value) -> Int {
    answers.values.count { servers in servers.values.contains { $0.contains(value) } }
  }

  /// Votes by value, in the order of the values.
  public var votes: [(value: Value, votes: Double)] {
    var sums: [Value: NeumaierSum] = [:]
    for voter in answers.keys.sorted() {
      var shares: [Value: Double] = [:]
      let servers = answers[voter] ?? [:]
      for values in servers.values {
        for value in values {
          shares[value, default: 0] += 1 / Double(values.count * servers.count)
        }
      }
      for (value, share) in shares { sums[value, default: NeumaierSum()].add(share) }
    }
    return sums.sorted { $0.key < $1.key }.map { ($0.key, $0.value.value) }
  }

  /// The value that more than half of all votes are for; nil: none is.
  public var decision: Value? {
    votes.first { isDecided(by: $0.votes) }?.value
  }

  /// The greatest value that more than half of all votes reach: the weighted median, the lower one of
  /// two; nil: nobody voted.
  public var median: Value? {
    var reaching = 0.0
    for (value, votes) in votes.reversed() {
      reaching += votes
      if isDecided(by: reaching) { return value }
    }
    return nil
  }

  private func isDecided(by votes: Double) -> Bool {
    votes > Double(total) * (0.5 + Self.roundingError)
  }
}
