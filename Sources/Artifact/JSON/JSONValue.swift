/// A JSON value with its members in the order they were given.
///
/// For configuration, manifests and schemas; rows and wire bytes have readers of their own.
public indirect enum JSONValue: Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([(String, JSONValue)])

  /// The first member named `key`, compared by code points; nil in anything but an object.
  public subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.0.utf8.elementsEqual(key.utf8) }?.1
  }

  /// What this is, for error messages.
  public var kind: String {
    switch self {
    case .null: "null"
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): "the integer \(value)"
    case .number(let value): "the number \(value)"
    case .string(let value): "the text \"\(EscapedText.escape(value))\""
    case .array: "a list"
    case .object: "an object"
    }
  }

  /// The canonical bytes: sorted keys, no white space (see `JSONText`).
  public var canonicalBytes: [UInt8] {
    var out: [UInt8] = []
    append(to: &out, indentation: nil)
    return out
  }

  public var canonicalText: String { String(decoding: canonicalBytes, as: UTF8.self) }

  /// Sorted keys, two spaces a level, a final line end: for files that people read.
  public var prettyText: String { String(decoding: prettyBytes, as: UTF8.self) }

  /// The bytes of `prettyText`.
  public var prettyBytes: [UInt8] {
    var out: [UInt8] = []
    append(to: &out, indentation: 0)
    out.append(UInt8(ascii: "\n"))
    return out
  }

  private func append(to out: inout [UInt8], indentation: Int?) {
    switch self {
    case .null: out.append(contentsOf: "null".utf8)
    case .boolean(let value): out.append(contentsOf: (value ? "true" : "false").utf8)
    case .integer(let value): JSONText.append(integer: value, to: &out)
    case .number(let value):
      if value.isFinite {
        JSONText.append(number: value, to: &out)
      } else {
        out.append(contentsOf: "null".utf8)
      }
    case .string(let value): JSONText.append(string: value, to: &out)
    case .array(let items):
      Self.append(items, "[", "]", to: &out, indentation: indentation) { item, out, inner in
        item.append(to: &out, indentation: inner)
      }
    case .object(let members):
      let sorted = members.sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
      Self.append(sorted, "{", "}", to: &out, indentation: indentation) { member, out, inner in
        JSONText.append(string: member.0, to: &out)
        out.append(contentsOf: (inner == nil ? ":" : ": ").utf8)
        member.1.append(to: &out, indentation: inner)
      }
    }
  }

  private static func append<Item>(
    _ items: [Item], _ open: String, _ close: String, to out: inout [UInt8], indentation: Int?,
    _ body: (Item, inout [UInt8], Int?) -> Void
  ) {
    out.append(contentsOf: open.utf8)
    let inner = indentation.map { $0 + 2 }
    for (index, item) in items.enumerated() {
      if index > 0 { out.append(UInt8(ascii: ",")) }
      breakLine(inner, &out)
      body(item, &out, inner)
    }
    if !items.isEmpty { breakLine(indentation, &out) }
    out.append(contentsOf: close.utf8)
  }

  private static func breakLine(_ indentation: Int?, _ out: inout [UInt8]) {
    guard let indentation else { return }
    out.append(UInt8(ascii: "\n"))
    out.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indentation))
  }
}

extension JSONValue: Equatable {
  /// Equal canonical bytes.
  public static func == (a: JSONValue, b: JSONValue) -> Bool {
    a.canonicalBytes == b.canonicalBytes
  }
}
