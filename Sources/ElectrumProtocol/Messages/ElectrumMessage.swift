/// What a line from a server is.
public enum ElectrumMessage: Sendable, Equatable {
  case reply(ElectrumReply)
  case notification(method: String, params: WireValue?)
  case batch([ElectrumMessage])
  /// JSON that is neither reply nor notification.
  case other(WireValue)

  public init(_ value: WireValue) {
    if let items = value.elements, !items.isEmpty {
      self = .batch(items.map { ElectrumMessage(single: $0) })
    } else {
      self = ElectrumMessage(single: value)
    }
  }

  private init(single value: WireValue) {
    if let reply = ElectrumReply(value) {
      self = .reply(reply)
    } else if let method = value["method"]?.text {
      self = .notification(method: method, params: value["params"])
    } else {
      self = .other(value)
    }
  }

  /// The replies of this line in order: one, those of a batch, or none.
  public var replies: [ElectrumReply] {
    switch self {
    case .reply(let reply): [reply]
    case .batch(let items): items.flatMap(\.replies)
    case .notification, .other: []
    }
  }
}

/// A server's answer to one request.
public struct ElectrumReply: Sendable, Equatable {
  public enum Outcome: Sendable, Equatable {
    case result(WireValue)
    case error(ElectrumError)
  }

  /// As sent; null where the server could not read the request's id.
  public var id: WireValue
  public var outcome: Outcome

  public init(id: WireValue, outcome: Outcome) {
    self.id = id
    self.outcome = outcome
  }

  /// A JSON-RPC 1.0 reply has both keys; the one that is not null counts.
  init?(_ value: WireValue) {
    guard let members = value.members, value["method"] == nil else { return nil }
    guard members.contains(where: { $0.key == "result" || $0.key == "error" }) else { return nil }
    id = value["id"] ?? .null
    if let error = value["error"], !error.isNull {
      outcome = .error(ElectrumError(error))
    } else {
      outcome = .result(value["result"] ?? .null)
    }
  }

  /// The id if it is an integer, as the requests of this project have.
  public var number: Int? { id.integer }

  public var result: WireValue? {
    if case .result(let value) = outcome { value } else { nil }
  }

  public var error: ElectrumError? {
    if case .error(let error) = outcome { error } else { nil }
  }
}
