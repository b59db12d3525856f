public import ElectrumProtocol

/// One question of a plan: what it asks and what kind of result answers it.
public struct Probe: Sendable, Equatable {
  public enum Question: Sendable, Equatable {
    case method(String, [WireValue])
    /// `get_balance` or `get_history` of a script, by scripthash up to protocol 1.6 and by
    /// scriptPubKey from 1.7 on.
    case script(operation: String, TestScript)
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
    case anything

    package func accepts(_ result: WireValue) -> Bool {
      switch self {
      case .identification: Identification(result) != nil
      case .object: result.members != nil
      case .list: result.elements != nil
      case .listOrObject: result.elements != nil || result.members != nil
      case .text: result.text != nil
      case .textOrNull: result.text != nil || result.isNull
      case .anything: true
      }
    }
  }

  /// Permanent, dotted.
  public let id: String
  public let question: Question
  public let expectation: Expectation

  public init(_ id: String, _ question: Question, _ expectation: Expectation) {
    self.id = id
    self.question = question
    self.expectation = expectation
  }

  /// The request as it is sent once this protocol version is negotiated.
  package func request(id number: Int, version: ProtocolVersion?) -> ElectrumRequest {
    switch question {
    case .method(let method, let params):
      return ElectrumRequest(id: number, method: method, params: params)
    case .script(let operation, let script):
      if let version, let scripts = ProtocolVersion("1.7"), version >= scripts {
        return ElectrumRequest(
          id: number, method: "blockchain.scriptpubkey.\(operation)",
          params: [.string(Hex.text(script.scriptPubKey))])
      }
      return ElectrumRequest(
        id: number, method: "blockchain.scripthash.\(operation)",
        params: [.string(script.scripthash.text)])
    }
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
