/// What a probe is asked for.
public enum ProbeFamily: String, Sendable, CaseIterable {
  /// Who the server says it is.
  case identify
  /// Headers and proofs.
  case chain
  /// The node behind it: fees, relay policy, mempool.
  case backend
  /// Balances, histories and coins of published scripts of every type and size.
  case scripts
  /// What a wallet asks when it starts, of a published test wallet.
  case wallet
  /// Requests against the rules that a server answers with an error or with silence.
  case malformed
  /// Methods that left the protocol.
  case removed
  /// How much it takes at once, well inside the budget.
  case limits
  /// Bytes that are no JSON: each costs more than a plan may, so that none is asked by default.
  case junk
  /// A malformed transaction offered for broadcast: opt-in, once a scan and server.
  case broadcast
  /// The same questions under several client names.
  case differential
  /// What is asked alone after a silence, early and late on a connection, so that its time tells of
  /// the server and not of what was under way.
  case timing
  /// A few questions under a current wallet's name.
  case client
  /// What other servers' answers give reason to ask one server.
  case corroboration

  /// In plans without being named.
  public var isDefault: Bool {
    switch self {
    case .junk, .broadcast, .differential: false
    case .identify, .chain, .backend, .scripts, .wallet, .malformed, .removed, .limits, .timing,
      .client, .corroboration:
      true
    }
  }
}
