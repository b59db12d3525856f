package import Records

/// From the outcomes of a server's endpoints to its state.
///
/// - Up: an endpoint was reached. What a server then says, also that it limits us, is another matter.
/// - Unknown: none was, and one was not dealt with, or failed so that the failure may be ours.
/// - Down: none was, and one that was tried refused or said nothing. Endpoints that can never be tried
///   from here, as an onion service without a proxy, do not keep that from being seen.
/// - Unknown, last: nothing was tried.
package struct LivenessJudgement {
  package let state: Liveness
  /// nil: up or down.
  package let reason: Outcome?

  /// Outcomes that only a scan has which ended early.
  static let cutShort: Set<Outcome> = [.aborted, .untestedBudget]

  /// Nobody knows what such an endpoint would have done; the first that is met is the reason.
  private static let inconclusive: [Outcome] = [
    .aborted, .untestedBudget, .untestedSkipped, .resolveTimedOut, .socksFailed, .connectFailed,
  ]
  private static let conclusive: Set<Outcome> = [
    .resolveFailed, .connectRefused, .connectTimedOut, .connectUnreachable, .connectReset,
    .socksRefused, .socksTimedOut, .tlsFailed, .tlsTimedOut, .tlsClosed,
  ]
  private static let untried: [Outcome] = [
    .untestedNoRoute, .untestedNotContactable, .untestedOptedOut, .untestedTransport,
    .untestedNotImported, .untestedNotApplicable,
  ]

  package init(outcomes: [Outcome], isReached: Bool) {
    let met = Set(outcomes)
    if isReached || met.contains(where: \.isReached) {
      state = .up
      reason = nil
    } else if let first = Self.inconclusive.first(where: met.contains) {
      state = .unknown
      reason = first
    } else if !met.isDisjoint(with: Self.conclusive) {
      state = .down
      reason = nil
    } else {
      state = .unknown
      reason = Self.untried.first(where: met.contains) ?? .untestedNotImported
    }
  }
}
