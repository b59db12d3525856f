public import ElectrumProtocol
public import Records

/// Observation is not absence.
public enum Observed<Value: Sendable & Equatable>: Sendable, Equatable {
  case value(Value)
  /// The server answered and has none.
  case absent
  /// Not learned.
  case unknown
}

/// What is known of a server's reply to one probe, apart from what it says of chain and peers.
public struct ReplyObservation: Sendable, Equatable {
  /// What a rule can look at.
  public enum Field: String, Sendable, CaseIterable {
    /// `result`, `error`, `silence` or `closed`.
    case answer
    case errorCode = "error code"
    case errorText = "error text"
    /// Keys of the reply in the order sent.
    case keyOrder = "key order"
    /// `compact`, `spaced` or `mixed`.
    case separators
    /// `lf` or `crlf`.
    case lineEnd = "line end"
    /// `some` where the reply is filled up with spaces.
    case padding
    /// The result's JSON type.
    case resultKind = "result"
    /// Keys of the result in the order sent.
    case resultKeys = "result keys"
    /// The version that `server.version` agreed on, as written.
    case protocolVersion = "protocol"

    /// Its place among all.
    fileprivate var index: Int {
      switch self {
      case .answer: 0
      case .errorCode: 1
      case .errorText: 2
      case .keyOrder: 3
      case .separators: 4
      case .lineEnd: 5
      case .padding: 6
      case .resultKind: 7
      case .resultKeys: 8
      case .protocolVersion: 9
      }
    }
  }

  /// Permanent id of the probe.
  public let probe: String
  /// By the index of the field: made for every reply, and cheaper than a dictionary.
  private var fields = [Observed<String>](repeating: .unknown, count: Field.allCases.count)

  private static let mostKeys = 16

  /// Nothing known of it.
  public init(probe: String) {
    self.probe = probe
  }

  /// - Parameters:
  ///   - record: the exchange as normalized.
  ///   - result: what the reply says; nil where it has none or is not at hand.
  public init(_ record: ExchangeRecord, result: WireValue?) {
    self.init(probe: record.probe)
    takeForm(record)
    takeAnswer(record)
    if let result { takeResult(result) }
  }

  public subscript(field: Field) -> Observed<String> {
    get { fields[field.index] }
    set { fields[field.index] = newValue }
  }

  /// An order that means nothing: of the fields by their bytes, unknown first.
  func precedes(_ other: ReplyObservation) -> Bool {
    for field in Field.allCases {
      let (mine, its) = (Self.bytes(self[field]), Self.bytes(other[field]))
      if mine.lexicographicallyPrecedes(its) { return true }
      if its.lexicographicallyPrecedes(mine) { return false }
    }
    return false
  }

  /// Equal to the byte.
  func isSame(as other: ReplyObservation) -> Bool {
    probe.utf8.elementsEqual(other.probe.utf8)
      && zip(fields, other.fields).allSatisfy { mine, its in
        switch (mine, its) {
        case (.value(let one), .value(let another)): one.utf8.elementsEqual(another.utf8)
        case (.absent, .absent), (.unknown, .unknown): true
        default: false
        }
      }
  }

  private static func bytes(_ value: Observed<String>) -> some Sequence<UInt8> {
    switch value {
    case .unknown: "".utf8
    case .absent: "\u{0}".utf8
    case .value(let text): "\u{1}\(text)".utf8
    }
  }

  private mutating func takeForm(_ record: ExchangeRecord) {
    if let keys = record.keyOrder { self[.keyOrder] = .value(keys) }
    if let separators = record.separators { self[.separators] = .value(separators) }
    if let lineEnd = record.lineEnd { self[.lineEnd] = .value(lineEnd) }
    if let padding = record.paddingBytes {
      // Where the line end was not kept, spaces may not have been either.
      if padding > 0 {
        self[.padding] = .value("some")
      } else if record.lineEnd != nil {
        self[.padding] = .absent
      }
    }
  }

  private mutating func takeAnswer(_ record: ExchangeRecord) {
    if let text = record.errorMessage {
      self[.answer] = .value("error")
      self[.errorText] = .value(text)
      self[.errorCode] = record.errorCode.map { .value(String($0)) } ?? .absent
      self[.resultKind] = .absent
      return
    }
    switch record.outcome {
    case .answered:
      self[.answer] = .value("result")
      self[.errorText] = .absent
      self[.errorCode] = .absent
      if let kind = record.resultKind { self[.resultKind] = .value(kind) }
    case .replyNone: self[.answer] = .value("silence")
    case .closedNoReply: self[.answer] = .value("closed")
    default: break
    }
  }

  private mutating func takeResult(_ result: WireValue) {
    if let members = result.members {
      let keys = members.prefix(Self.mostKeys).map(\.key).joined(separator: ",")
      self[.resultKeys] = .value(keys)
    } else {
      self[.resultKeys] = .absent
    }
    guard probe.hasPrefix(SoftwareObservations.versionProbe), let pair = result.elements,
      pair.count == 2, let version = pair[1].text
    else { return }
    self[.protocolVersion] = .value(version)
  }
}
