public import ElectrumProtocol

/// One question of a plan: what it asks, why, what it costs and what kind of result answers it.
public struct Probe: Sendable, Equatable {
  public enum Question: Sendable, Equatable {
    case method(String, [WireValue])
    /// `get_balance` or another operation on a script, by scripthash up to protocol 1.6 and by
    /// scriptPubKey from 1.7 on.
    case script(operation: String, TestScript)
    /// Asks about something that an earlier answer of the connection names; not asked without it.
    case derived(Derivation)
    /// These methods in one JSON array.
    case batch([String])
    /// A message that is no request of the usual form; `ID` in it stands for the request's number.
    case text(String)
    /// Bytes as they are, with their line end if they have one.
    case bytes([UInt8])
  }

  /// A request made of earlier answers.
  public enum Derivation: Sendable, Equatable {
    /// `blockchain.block.header` so many blocks under the tip.
    case headerBelowTip(Int)
    /// The same one block above the tip.
    case headerAboveTip
    /// The header at a height with its proof to a checkpoint so many blocks under the tip.
    case headerProof(height: Int, checkpointBelowTip: Int)
    /// `blockchain.transaction.get_merkle` of the oldest confirmed transaction in a history.
    case merkleOfFirst(history: String)
    /// `blockchain.transaction.get` of the same.
    case transactionOfFirst(history: String)
    /// `blockchain.block.header` at the highest multiple of a hundred that is six blocks under the
    /// tip or more, or so many hundreds below: heights that servers of one chain have in common.
    case headerAtHundred(below: Int)
    /// `blockchain.transaction.get_merkle` of a buried transaction of a history.
    case merkleOf(BuriedTransaction)
    /// `blockchain.transaction.get` of the same.
    case transactionOf(BuriedTransaction)
    /// `blockchain.block.header` at its height.
    case headerOf(BuriedTransaction)
    /// `blockchain.transaction.get` of a transaction that the answer to a probe spends, from 0.
    case parent(Int, of: String)
    /// What a scan has found out by comparing servers, assigned to the probe of this id.
    case assigned(String)
  }

  /// A transaction of a server's own history that lies at least six blocks under its tip, where
  /// nothing changes any more: what all honest servers have to prove alike.
  public struct BuriedTransaction: Sendable, Equatable {
    public enum Choice: Sendable, Equatable {
      case newest
      case oldest
      /// One by the scan's seed.
      case drawn(UInt64)
    }

    /// Blocks under the tip at least.
    public static let depth = 6

    /// Id of the probe that asks for the history.
    public let history: String
    public let choice: Choice

    public init(_ choice: Choice, of history: String) {
      self.history = history
      self.choice = choice
    }
  }

  /// When a probe may leave.
  public enum Pacing: Sendable, Equatable {
    /// Beside others, as the window of its session allows.
    case pipelined
    /// Alone, when nothing has been under way for the session's silence.
    case afterSilence
  }

  /// The JSON types a result may have; anything else is `reply.malformed`.
  public enum Expectation: Sendable, Equatable {
    /// `[software, protocol]`, two texts.
    case identification
    case object
    case list
    case listOrObject
    case text
    case textOrNull
    case number
    case anything

    package func accepts(_ result: WireValue) -> Bool {
      switch self {
      case .identification: Identification(result) != nil
      case .object: result.members != nil
      case .list: result.elements != nil
      case .listOrObject: result.elements != nil || result.members != nil
      case .text: result.text != nil
      case .textOrNull: result.text != nil || result.isNull
      case .number: if case .number = result { true } else { false }
      case .anything: true
      }
    }
  }

  /// Permanent, dotted.
  public let id: String
  public let family: ProbeFamily
  public let question: Question
  public let expectation: Expectation
  /// Why it is asked, for people.
  public let purpose: String
  /// Only where the negotiated protocol is of this span.
  public let protocols: ProtocolSpan
  /// What it costs under ElectrumX's model where the answer is the usual one.
  public let cost: Double
  public let pacing: Pacing
  /// Whether only some servers are asked, for what earlier answers showed of them: that others were
  /// not is no gap in what is known of them.
  public let isConditional: Bool

  public init(
    _ id: String, _ family: ProbeFamily, _ question: Question, _ expectation: Expectation,
    cost: Double, protocols: ProtocolSpan = .all, pacing: Pacing = .pipelined,
    isConditional: Bool = false, _ purpose: String
  ) {
    self.id = id
    self.family = family
    self.question = question
    self.expectation = expectation
    self.cost = cost
    self.protocols = protocols
    self.purpose = purpose
    self.pacing = pacing
    self.isConditional = isConditional
  }

  /// Whether its answer may be an error without id, silence or a close, so that nothing else may be
  /// under way beside it.
  public var isOdd: Bool {
    switch question {
    case .text, .bytes, .batch: true
    case .method, .script, .derived: false
    }
  }
}

extension Probe {
  /// The same question under another id: in another visit, by another name, alone.
  func asked(
    as id: String, _ family: ProbeFamily, pacing: Pacing = .pipelined, isConditional: Bool = false,
    _ purpose: String
  ) -> Probe {
    Probe(
      id, family, question, expectation, cost: cost, protocols: protocols, pacing: pacing,
      isConditional: isConditional, purpose)
  }

  /// Whether its message has no number but the request's own, so that no other number answers it.
  var carriesNumber: Bool {
    if case .bytes = question { false } else { true }
  }
}

/// Versions of the protocol from one on and before another.
public struct ProtocolSpan: Sendable, Equatable {
  public let since: ProtocolVersion?
  public let before: ProtocolVersion?

  public static let all = ProtocolSpan()

  public init(since: String? = nil, before: String? = nil) {
    self.since = since.flatMap { ProtocolVersion($0) }
    self.before = before.flatMap { ProtocolVersion($0) }
  }

  /// - Parameter version: nil where none was understood; then the methods of 1.4 are there.
  public func contains(_ version: ProtocolVersion?) -> Bool {
    guard let version else { return since == nil }
    if let since, version < since { return false }
    if let before, version >= before { return false }
    return true
  }
}

/// What a server says it is: the result of `server.version`.
public struct Identification: Sendable, Equatable {
  public let software: String
  public let protocolVersion: String

  public init?(_ result: WireValue) {
    guard let parts = result.elements, parts.count == 2, let software = parts[0].text,
      let version = parts[1].text
    else { return nil }
    self.software = software
    protocolVersion = version
  }
}
