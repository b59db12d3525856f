/// A JSON value as a server put it on the wire: numbers keep their text, objects keep the order and
/// the duplicates of their keys. Texts compare by bytes, so that canonically equivalent Unicode
/// spellings stay distinct.
public enum WireValue: Sendable {
  case null
  case bool(Bool)
  /// The number's own characters, for example `1e-06`; also `NaN`, `Infinity` and `-Infinity`,
  /// which ElectrumX can send although they are no JSON.
  case number(String)
  case string(String)
  case array([WireValue])
  case object([WireMember])
}

/// One key and its value in an object.
public struct WireMember: Sendable, Equatable {
  public var key: String
  public var value: WireValue

  public init(_ key: String, _ value: WireValue) {
    self.key = key
    self.value = value
  }

  public static func == (a: WireMember, b: WireMember) -> Bool {
    sameBytes(a.key, b.key) && a.value == b.value
  }
}

extension WireValue: Equatable {
  public static func == (a: WireValue, b: WireValue) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.number(let a), .number(let b)), (.string(let a), .string(let b)): sameBytes(a, b)
    case (.array(let a), .array(let b)): a == b
    case (.object(let a), .object(let b)): a == b
    default: false
    }
  }
}

extension WireValue {
  public static func integer(_ value: some BinaryInteger) -> WireValue {
    .number(String(value))
  }

  public var isNull: Bool { self == .null }

  public var text: String? {
    if case .string(let text) = self { text } else { nil }
  }

  public var elements: [WireValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  public var members: [WireMember]? {
    if case .object(let members) = self { members } else { nil }
  }

  public var boolean: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  /// The number if it is written as an integer that an `Int` holds (`5`, not `5.0` or `5e0`).
  public var integer: Int? {
    if case .number(let text) = self { Int(text) } else { nil }
  }

  /// The number as a double; nil for `NaN` and the infinities and for what overflows to them.
  public var double: Double? {
    guard case .number(let text) = self, let value = Double(text), value.isFinite else {
      return nil
    }
    return value
  }

  /// The value of the last member with this key (duplicates: the last wins, as in Python's `json`).
  public subscript(key: String) -> WireValue? {
    members?.last { sameBytes($0.key, key) }?.value
  }
}

func sameBytes(_ a: String, _ b: String) -> Bool {
  a.utf8.elementsEqual(b.utf8)
}
