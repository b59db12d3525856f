/// How an attempt, an exchange or a look-up ended: a closed list of permanent codes.
///
/// A failed probe is data. `untested` is not `unreachable`: nothing was asked.
public enum Outcome: String, Sendable, CaseIterable {
  case answered
  case resolveFailed = "resolve.failed"
  case resolveTimedOut = "resolve.timed-out"
  case connectRefused = "connect.refused"
  case connectTimedOut = "connect.timed-out"
  case connectUnreachable = "connect.unreachable"
  case connectReset = "connect.reset"
  case connectFailed = "connect.failed"
  case socksRefused = "socks.refused"
  case socksTimedOut = "socks.timed-out"
  case socksFailed = "socks.failed"
  case tlsFailed = "tls.failed"
  case tlsTimedOut = "tls.timed-out"
  case tlsClosed = "tls.closed"
  case closedNoReply = "closed.no-reply"
  case replyTimedOut = "reply.timed-out"
  case replyMalformed = "reply.malformed"
  case replyTooLarge = "reply.too-large"
  case replyError = "reply.error"
  case replyNone = "reply.none"
  case throttled
  case aborted
  case untestedNoRoute = "untested.no-route"
  case untestedOptedOut = "untested.opted-out"
  case untestedNotContactable = "untested.not-contactable"
  case untestedBudget = "untested.budget"
  case untestedTransport = "untested.transport"
  case untestedNotImported = "untested.not-imported"
  case untestedSkipped = "untested.skipped"
  case untestedNotApplicable = "untested.not-applicable"

  /// True where a connection was attempted (or a name looked up).
  public var isTested: Bool { !rawValue.hasPrefix("untested.") }

  /// True where a connection was established, and TLS completed where the endpoint has it.
  public var isReached: Bool {
    switch self {
    case .answered, .closedNoReply, .replyTimedOut, .replyMalformed, .replyTooLarge, .replyError,
      .replyNone, .throttled:
      true
    case .resolveFailed, .resolveTimedOut, .connectRefused, .connectTimedOut, .connectUnreachable,
      .connectReset, .connectFailed, .socksRefused, .socksTimedOut, .socksFailed, .tlsFailed,
      .tlsTimedOut, .tlsClosed, .aborted, .untestedNoRoute, .untestedOptedOut,
      .untestedNotContactable, .untestedBudget, .untestedTransport, .untestedNotImported,
      .untestedSkipped, .untestedNotApplicable:
      false
    }
  }

  /// Rank for summaries: `answered` first, then reached, then tested, then untested.
  public var rank: Int {
    if self == .answered { return 0 }
    if isReached { return 1 }
    return isTested ? 2 : 3
  }

  /// What the code says, for the data dictionary.
  public var summary: String {
    switch self {
    case .answered: "The server identified itself (attempt), or replied with a result (exchange)."
    case .resolveFailed: "The name has no address."
    case .resolveTimedOut: "The look-up did not end in time."
    case .connectRefused: "The connection was refused."
    case .connectTimedOut: "The TCP handshake did not end in time."
    case .connectUnreachable: "The network or host cannot be reached."
    case .connectReset: "The connection was reset before anything arrived."
    case .connectFailed: "The connection failed otherwise; see detail."
    case .socksRefused: "The proxy refused the destination."
    case .socksTimedOut: "The proxy did not answer in time."
    case .socksFailed: "The proxy failed otherwise; see detail."
    case .tlsFailed: "The TLS handshake failed; see detail."
    case .tlsTimedOut: "The TLS handshake did not end in time."
    case .tlsClosed: "The peer closed during the TLS handshake."
    case .closedNoReply: "The peer closed before it replied."
    case .replyTimedOut: "No reply in time."
    case .replyMalformed: "The reply is no JSON-RPC reply, or not of the method's type."
    case .replyTooLarge: "The reply exceeds the byte limit of a connection."
    case .replyError: "The server replied with an error."
    case .replyNone: "Silence: later requests were answered, this one never."
    case .throttled: "The server limited us: its own word, never taken for behaviour."
    case .aborted: "The scan was interrupted."
    case .untestedNoRoute: "The vantage point has no route to this address family."
    case .untestedOptedOut: "The operator opted out."
    case .untestedNotContactable: "The address is not global, or the conduct rules forbid it."
    case .untestedBudget: "The budget of the scan was used up."
    case .untestedTransport: "The transport is recorded but not spoken."
    case .untestedNotImported: "The imported scan says nothing of it."
    case .untestedSkipped:
      "An earlier outcome ended the attempt, or our own machine lacked what it needs."
    case .untestedNotApplicable:
      "The negotiated protocol has no such question, or no earlier answer names what to ask about."
    }
  }
}
