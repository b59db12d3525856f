/// The error of a reply. Old electrs and bwt send a bare string: then there is no code.
public struct ElectrumError: Error, Sendable, Equatable {
  public var code: Int?
  public var message: String
  public var data: WireValue?

  public init(code: Int?, message: String, data: WireValue? = nil) {
    self.code = code
    self.message = message
    self.data = data
  }

  public init(_ value: WireValue) {
    switch value {
    case .string(let text):
      self.init(code: nil, message: text)
    case .object:
      let message = value["message"]
      self.init(
        code: value["code"]?.integer,
        message: message?.text
          ?? message.map { String(decoding: $0.encoded(), as: UTF8.self) } ?? "",
        data: value["data"])
    default:
      self.init(code: nil, message: String(decoding: value.encoded(), as: UTF8.self))
    }
  }

  /// What an error means for the one who asked.
  public enum Meaning: String, Sendable, CaseIterable {
    /// The server has had enough of this client: no more questions.
    case throttled
    /// `server.version` was not first.
    case notIdentified = "not-identified"
    case unsupportedVersion = "unsupported-version"
    case unsupportedClient = "unsupported-client"
    case unknownMethod = "unknown-method"
    case invalidRequest = "invalid-request"
    /// The server's own node or index failed.
    case unavailable
    case other
  }

  /// After the tables of codes and texts that implementations use.
  public var meaning: Meaning {
    if isThrottle { return .throttled }
    if begins("use server.version to identify") { return .notIdentified }
    if begins("unsupported protocol version") || begins("bad version tuple")
      || begins("unsupported request [")
    {
      return .unsupportedVersion
    }
    if begins("unsupported client") { return .unsupportedClient }
    switch code {
    case -32601: return .unknownMethod
    case -32700, -32600, -32602: return .invalidRequest
    case -32603: return .unavailable
    case 2 where begins("daemon error"): return .unavailable
    default: return begins("unknown method") ? .unknownMethod : .other
    }
  }

  private var isThrottle: Bool {
    switch code {
    case -101, -102: true
    case 3: begins("excessive flood")
    case 4: begins("batch limit exceeded")
    default: begins("excessive resource usage") || begins("server busy")
    }
  }

  /// ASCII case is ignored; texts vary in it between implementations.
  private func begins(_ prefix: String) -> Bool {
    var letters = message.utf8.makeIterator()
    for expected in prefix.utf8 {
      guard var letter = letters.next() else { return false }
      if (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(letter) { letter |= 0x20 }
      guard letter == expected else { return false }
    }
    return true
  }
}
